"""What the use cases of a batch will ask for, read at once."""

from credentialing.storage import credentials, files
from shared.db.work import Work
from shared.workstreams.loading import Named, load_by_name


async def load(work: Work, named: Named) -> None:
    """Reads and locks the files and workstreams of these assignments, and what the clinicians hold."""
    await load_by_name(
        work, named, assignment_id=files.load_of_assignments, clinician_id=credentials.load_of_clinicians
    )
