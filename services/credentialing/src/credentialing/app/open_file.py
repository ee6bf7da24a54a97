"""An accepted offer opens a file."""

from credentialing.app.begin_look_ups import begin_look_ups
from credentialing.app.record import record
from credentialing.domain import file as rules
from credentialing.storage import credentials, homes, waivers
from credentialing.storage.rules import rulebook
from shared.calendar import local_day
from shared.contracts.assignments import FacilityChanged, OfferAccepted
from shared.db.work import Work


async def open_file(work: Work, offer: OfferAccepted) -> None:
    """Opens the file with what the clinician already holds. Raises NotYetKnown while the facility has not arrived."""
    facility = await work.require_known(FacilityChanged, offer.terms.facility_id)
    held = await credentials.of_clinician(work.session, offer.clinician_id)
    today = local_day(work.now, facility.time_zone)
    basis = rules.Basis(
        held=held,
        today=today,
        rulebook=await rulebook(work.session),
        waivers=await waivers.of_clinician(work.session, offer.clinician_id),
        residences=await homes.residences(work, offer.clinician_id),
    )
    opened = rules.open_file(offer, facility, basis=basis, new_id=work.new_id)
    await begin_look_ups(work, await record(work, opened))
