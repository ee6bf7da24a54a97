"""The last step of every change of where a clinician lives."""

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import at_home, recheck
from credentialing.domain.home import Home
from credentialing.storage import credentials, files, homes
from shared.db.work import Work


async def change_home(work: Work, changed: Home) -> Home:
    """Saves it and measures every open file of the clinician anew, since it decides where a licence is good."""
    opened = await files.open_of_clinician(work.session, changed.clinician_id)
    saved = await homes.save(work.session, changed)
    held = await credentials.of_clinician(work.session, changed.clinician_id)
    for file in opened:
        settled = at_home(file, saved.residences)
        await record(work, recheck(settled, held, today=facility_day(file, work.now)))
    return saved
