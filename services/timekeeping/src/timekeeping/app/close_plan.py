"""The end of an assignment closes its plan."""

from shared.contracts.assignments import AssignmentEnded
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain.changes import close
from timekeeping.storage import plans


async def close_plan(work: Work, event: AssignmentEnded) -> None:
    """Closes the plan and its workstream; an offer that was declined never had one."""
    plan = await plans.of_assignment(work.session, event.assignment_id)
    if plan is not None:
        await record(work, close(plan, event))
