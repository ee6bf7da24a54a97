"""New terms change what is paid, when, and what payroll asks."""

from payroll.app.record import record
from payroll.domain import profile as rules
from payroll.storage import profiles
from shared.contracts.assignments import AssignmentChanged, FacilityChanged
from shared.db.work import Work


async def adapt_profile(work: Work, event: AssignmentChanged) -> None:
    """Judges the package of the new terms; older terms and ended assignments change nothing."""
    profile = await profiles.of_assignment(work.session, event.assignment_id)
    if profile is None:
        return
    facility = await work.require_known(FacilityChanged, event.terms.facility_id)
    adapted = rules.adapt(
        profile,
        event.terms,
        work_state=facility.address.state,
        effective_on=event.effective_on,
        today=profile.calendar.day_of(work.now),
    )
    await record(work, rules.follow(adapted, event.state))
