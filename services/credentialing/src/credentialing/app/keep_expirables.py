"""Files changed: what runs out and how long things took is read from them."""

from collections.abc import Sequence

from credentialing.domain.clearance import facility_day
from credentialing.domain.expirables.expirable import expirables
from credentialing.domain.file import File
from credentialing.domain.forecast.course import courses
from credentialing.domain.held import Held
from credentialing.storage import courses as kept_courses
from credentialing.storage import credentials, files
from credentialing.storage import expirables as kept
from shared.db.work import Work

AT_MOST = 50


async def keep_expirables(work: Work) -> int:
    """Brings what runs out, and the courses of items, up to date with at most 50 changed files; returns how many."""
    changed = await kept.changed_files(work.session, limit=AT_MOST)
    for clinician_id in sorted(set(changed.values())):
        theirs = await files.of_clinician(work.session, clinician_id)
        held = await credentials.of_clinician(work.session, clinician_id)
        await _keep_expirables(work, clinician_id, theirs, held)
        for file in theirs:
            if file.file_id in changed:
                await _keep_courses(work, file, held)
    return len(changed)


async def _keep_expirables(work: Work, clinician_id: str, theirs: Sequence[File], held: Sequence[Held]) -> None:
    known = await kept.of_clinician(work.session, clinician_id)
    today = max(facility_day(file, work.now) for file in theirs)
    for one in expirables(theirs, held, known=known, today=today):
        if one != known.get(one.expirable_id):
            await kept.save(work.session, one)


async def _keep_courses(work: Work, file: File, held: Sequence[Held]) -> None:
    known = await kept_courses.of_file(work.session, file.file_id)
    found = courses(file, held, known=known, today=facility_day(file, work.now))
    await kept_courses.save(work.session, [one for one in found if one != known.get(one.code)])
    await kept.looked_at(work.session, file.file_id, version=file.version)
