"""The assignment is over."""

from portal.app.change_assignment import change_assignment
from portal.domain.assignment import ended
from shared.contracts.assignments import AssignmentEnded
from shared.db.work import Work


async def follow_end(work: Work, end: AssignmentEnded) -> None:
    """Keeps how it ended, when and why; what is still open of it is not late for a start any more."""
    await change_assignment(work, end.assignment_id, change=lambda known: ended(known, end))
