"""Time passed over an assignment."""

from shared.db.work import Work
from shared.workstreams.reporting import report
from timekeeping.domain.standing import standing
from timekeeping.storage import plans


async def look_again(work: Work, assignment_id: str) -> None:
    """Says where its plan stands now, if that changed since: a clock may not be registered in time."""
    plan = await plans.of_assignment(work.session, assignment_id)
    if plan is not None:
        await report(work, standing(plan, work.now))
