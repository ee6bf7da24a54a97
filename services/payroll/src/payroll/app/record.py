"""The last step of every change of a profile."""

from payroll.domain.profile import Profile
from payroll.domain.standing import standing
from payroll.storage import profiles
from shared.db.work import Work
from shared.workstreams.reporting import report


async def record(work: Work, changed: Profile) -> Profile:
    """Saves the profile and says what changed: workstream and work items."""
    saved = await profiles.save(work.session, changed)
    await report(work, standing(saved, work.now))
    return saved
