"""A facility's time zone or workweek changed, and with it when its shifts are."""

from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import changes
from timekeeping.storage import plans


async def follow_facility(work: Work, event: FacilityChanged) -> None:
    """Plans the coming shifts of every open plan there anew; whatever else changed there is no matter of plans."""
    today = local_day(work.now, event.time_zone)
    for plan in await plans.open_under_other_clocks(work.session, event):
        await record(work, changes.follow_facility(plan, event, today=today, new_id=work.new_id))
