"""What the use cases of a batch will ask for, read at once."""

from credentialing.storage import clinicians, files
from shared.db.work import Work
from shared.workstreams.loading import Named, load_by_name


async def load(work: Work, named: Named) -> None:
    """Reads and locks the files and workstreams of these assignments, and what is known of the clinicians."""
    await load_by_name(work, named, assignment_id=files.load_of_assignments, clinician_id=clinicians.load_of_clinicians)
