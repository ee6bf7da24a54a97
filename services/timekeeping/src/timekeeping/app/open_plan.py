"""An accepted offer opens a plan."""

from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.db.work import Work
from timekeeping.app.record import record
from timekeeping.domain import plan as rules


async def open_plan(work: Work, offer: OfferAccepted) -> None:
    """Plans the shifts of the offer. Raises NotYetKnown while the facility has not arrived."""
    facility = await work.require_known(FacilityChanged, offer.terms.facility_id)
    today = local_day(work.now, facility.time_zone)
    await record(work, rules.open_plan(offer, facility, new_id=work.new_id, today=today))
