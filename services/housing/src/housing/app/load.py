"""What the use cases of a batch will ask for, read at once."""

from housing.storage import cases
from shared.db.work import Work
from shared.workstreams.loading import Named, load_by_name


async def load(work: Work, named: Named) -> None:
    """Reads and locks the cases and workstreams of these assignments."""
    await load_by_name(work, named, assignment_id=cases.load_of_assignments)
