"""The plan knows where its assignment is on its way."""

from shared.contracts.assignments import Moved
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain.plan import follow
from timekeeping.storage import plans


async def follow_assignment(work: Work, event: Moved) -> None:
    """Notes the state; an assignment without a plan is none of ours."""
    plan = await plans.of_assignment(work.session, event.assignment_id)
    if plan is not None:
        await record(work, follow(plan, event.state))
