"""The profile knows where its assignment is on its way."""

from payroll.app.record import record
from payroll.domain.profile import follow
from payroll.storage import profiles
from shared.contracts.assignments import Moved
from shared.db.work import Work


async def follow_assignment(work: Work, event: Moved) -> None:
    """Notes the state; an assignment without a profile is none of ours."""
    profile = await profiles.of_assignment(work.session, event.assignment_id)
    if profile is not None:
        await record(work, follow(profile, event.state))
