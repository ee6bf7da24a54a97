"""The last step of what changes the things a clinician holds, without a command about one of their files."""

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import recheck
from credentialing.storage import credentials, files
from shared.db.work import Work


async def measure_again(work: Work, clinician_id: str) -> None:
    """Measures the clinician's open files against what they hold now."""
    held = await credentials.of_clinician(work.session, clinician_id)
    for file in await files.open_of_clinician(work.session, clinician_id):
        await record(work, recheck(file, held, today=facility_day(file, work.now)))
