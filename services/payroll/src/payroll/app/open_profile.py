"""An accepted offer opens a profile."""

from payroll.app.record import record
from payroll.domain import profile as rules
from payroll.domain.pay_period import AGENCY_CALENDAR
from payroll.storage import held_pieces
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.db.work import Work


async def open_profile(work: Work, offer: OfferAccepted) -> None:
    """Opens it with the pieces that the clinician gave before. Raises NotYetKnown until the facility has arrived."""
    facility = await work.require_known(FacilityChanged, offer.terms.facility_id)
    await held_pieces.lock(work.session, offer.clinician_id)
    held = await held_pieces.of_clinician(work.session, offer.clinician_id)
    facts = rules.PayFacts(work_state=facility.address.state, calendar=AGENCY_CALENDAR, held=tuple(held))
    today = AGENCY_CALENDAR.day_of(work.now)
    await record(work, rules.open_profile(offer, facts, new_id=work.new_id, today=today))
