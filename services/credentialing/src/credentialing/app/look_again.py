"""Time passed over an assignment."""

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day, settle
from credentialing.domain.file import recheck
from credentialing.domain.standing import standing
from credentialing.storage import credentials, files
from shared.db.work import Work
from shared.workstreams.reporting import report


async def look_again(work: Work, assignment_id: str) -> None:
    """Measures its file anew: a waiver that ended revokes the clearance, a step not begun in time is late."""
    file = await files.of_assignment(work.session, assignment_id)
    if file is None:
        return
    held = await credentials.of_clinician(work.session, file.clinician_id)
    measured = recheck(file, held, today=facility_day(file, work.now))
    if settle(measured, work.now).file != file:
        await record(work, measured)
    else:
        await report(work, standing(file, work.now))
