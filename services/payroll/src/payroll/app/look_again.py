"""Time passed over an assignment."""

from payroll.domain.standing import standing
from payroll.storage import profiles
from shared.db.work import Work
from shared.workstreams.reporting import report


async def look_again(work: Work, assignment_id: str) -> None:
    """Says where its profile stands now, if that changed since: pay pieces may be overdue."""
    profile = await profiles.of_assignment(work.session, assignment_id)
    if profile is not None:
        await report(work, standing(profile, work.now))
