"""A source answered."""

from dataclasses import replace

from credentialing.app.record import record
from credentialing.domain.answers import answered
from credentialing.domain.clearance import facility_day
from credentialing.domain.credential_number import end_of
from credentialing.domain.file import recheck
from credentialing.domain.source_result import SourceResult
from credentialing.storage import credentials, expirables, files, source_results
from shared.db.work import Work


async def take_result(work: Work, result: SourceResult) -> None:
    """Keeps the result, confirms or refuses the claim it is about, and measures the clinician's open files anew.

    The same result again changes nothing. Of a number that the source gave only the end is kept.
    """
    opened = await files.open_of_clinician(work.session, result.clinician_id)
    if await source_results.find(work.session, result.result_id) is not None:
        return
    await source_results.save(work.session, replace(result, number=end_of(result.number)))
    held = await credentials.of_clinician(work.session, result.clinician_id)
    for changed in answered(held, result, credential_id=work.new_id("crd")):
        await credentials.save(work.session, changed)
    now_held = await credentials.of_clinician(work.session, result.clinician_id)
    if not opened:
        await expirables.read_anew(work.session, result.clinician_id)  # between assignments things run out, too
    for file in opened:
        await record(work, recheck(file, now_held, today=facility_day(file, work.now)))
