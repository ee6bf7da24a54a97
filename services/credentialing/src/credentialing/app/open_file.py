"""An accepted offer opens a file."""

from credentialing.app.record import record
from credentialing.domain import file as rules
from credentialing.storage import credentials
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.db.work import Work


async def open_file(work: Work, offer: OfferAccepted) -> None:
    """Opens the file with what the clinician already holds. Raises NotYetKnown while the facility has not arrived."""
    facility = await work.require_known(FacilityChanged, offer.terms.facility_id)
    held = await credentials.of_clinician(work.session, offer.clinician_id)
    today = local_day(work.now, facility.time_zone)
    opened = rules.open_file(offer, facility, held=held, new_id=work.new_id, today=today)
    await record(work, opened)
