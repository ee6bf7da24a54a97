"""What the use cases of a batch will ask for, read at once."""

from shared.db.work import Work
from shared.workstreams.loading import Named, load_by_name
from timekeeping.storage import plans


async def load(work: Work, named: Named) -> None:
    """Reads and locks the plans and workstreams of these assignments."""
    await load_by_name(work, named, assignment_id=plans.load_of_assignments)
