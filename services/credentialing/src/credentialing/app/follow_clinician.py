"""The directory says where a clinician lives."""

from credentialing.app.change_home import change_home
from credentialing.domain.home import moved
from credentialing.storage import homes
from shared.contracts.assignments import ClinicianChanged
from shared.db.work import Work


async def follow_clinician(work: Work, event: ClinicianChanged) -> None:
    """Notes another home state: a compact licence may now be good for less; the same state changes nothing."""
    home = await homes.of_clinician(work.session, event.clinician_id)
    changed = moved(home, event.home.state, on=work.now.date())
    if changed != home:
        await change_home(work, changed)
