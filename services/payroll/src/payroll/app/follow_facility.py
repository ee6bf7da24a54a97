"""A facility's corrected address may put its assignments under another state's rules."""

from payroll.app.record import record
from payroll.domain.profile import relocate
from payroll.storage import profiles
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work


async def follow_facility(work: Work, event: FacilityChanged) -> None:
    """Judges the open profiles there by the right state; whatever else changed at the facility does not touch pay."""
    state = event.address.state
    for profile in await profiles.open_outside_state(work.session, event.facility_id, state=state):
        await record(work, relocate(profile, state, today=profile.calendar.day_of(work.now)))
