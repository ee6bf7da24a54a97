"""Time passed over an assignment."""

from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.app.record import record
from credentialing.domain.clearance import facility_day, settle
from credentialing.domain.file import File, recheck
from credentialing.domain.sources.look_ups import about_look_up, aged_look_ups, opened_on
from credentialing.domain.standing import standing
from credentialing.storage import credentials, files, inquiries
from shared.calendar import local_day
from shared.db.work import Work
from shared.workstreams.reporting import report


async def look_again(work: Work, assignment_id: str) -> None:
    """Measures its file anew: a waiver that ended revokes the clearance, a step not begun in time is late.

    A look-up that grew too old for the start is made again, once, as soon as a new one counts for it.
    """
    file = await files.of_assignment(work.session, assignment_id)
    if file is None:
        return
    held = await credentials.of_clinician(work.session, file.clinician_id)
    measured = recheck(file, held, today=facility_day(file, work.now))
    if settle(measured, work.now).file != file:
        await record(work, measured)
    else:
        await report(work, standing(file, work.now))
    await _repeat_look_ups(work, measured)


async def _repeat_look_ups(work: Work, file: File) -> None:
    aged = aged_look_ups(file, facility_day(file, work.now))
    known = await inquiries.of_clinician(work.session, file.clinician_id) if aged else ()
    for item in aged:
        about, since = about_look_up(file, item), opened_on(item, file)
        asked = [one for one in known if one.asks_alike(about) and local_day(one.opened_at, file.time_zone) >= since]
        if not asked:
            await begin_inquiry(work, about)
