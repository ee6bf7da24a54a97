"""What the use cases of a batch will ask for, read at once."""

from payroll.storage import held_pieces, profiles
from shared.db.work import Work
from shared.workstreams.loading import Named, load_by_name


async def load(work: Work, named: Named) -> None:
    """Reads and locks what came from the clinicians, and the profiles and workstreams of these assignments."""
    await load_by_name(
        work, named, clinician_id=held_pieces.load_of_clinicians, assignment_id=profiles.load_of_assignments
    )
