"""An accepted offer opens a case."""

from housing.app.record import record
from housing.domain import case as rules
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.db.work import Work


async def open_case(work: Work, offer: OfferAccepted) -> None:
    """Opens the case with nothing arranged. Raises NotYetKnown while the facility has not arrived."""
    facility = await work.require_known(FacilityChanged, offer.terms.facility_id)
    today = local_day(work.now, facility.time_zone)
    await record(work, rules.open_case(offer, facility, new_id=work.new_id, today=today), before=None)
