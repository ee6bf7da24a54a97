"""What the use cases of a batch will ask for, read at once."""

from collections.abc import Collection, Mapping

from shared.db.work import Work
from shared.workstreams import reporting
from timekeeping.storage import plans


async def load(work: Work, named: Mapping[str, Collection[str]]) -> None:
    """Reads and locks the plans and workstreams of these assignments, and what their decisions look at.

    `named`: ids by the field that names them, such as `assignment_id`.
    """
    assignment_ids = named.get("assignment_id", ())
    await plans.load_of_assignments(work.session, assignment_ids)
    await reporting.load(work, assignment_ids)
