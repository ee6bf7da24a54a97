"""The end of an assignment closes its profile."""

from payroll.app.record import record
from payroll.domain.profile import close
from payroll.storage import profiles
from shared.contracts.assignments import AssignmentEnded
from shared.db.work import Work


async def close_profile(work: Work, event: AssignmentEnded) -> None:
    """Closes the profile and its workstream; an offer that was declined never had one."""
    profile = await profiles.of_assignment(work.session, event.assignment_id)
    if profile is not None:
        await record(work, close(profile, event))
