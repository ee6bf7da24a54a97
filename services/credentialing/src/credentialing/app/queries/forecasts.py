"""When a file can be clear."""

from collections.abc import Callable

from credentialing.domain.clearance import facility_day
from credentialing.domain.file import File
from credentialing.domain.forecast.durations import Durations, by_stage
from credentialing.domain.forecast.forecast import Forecast, forecast
from credentialing.storage import courses, files
from shared.db.work import Work


async def forecast_of(work: Work, file_id: str, *, shows_all: Callable[[File], bool]) -> Forecast:
    """The outlook of a file by all that was measured so far, for somebody who sees all its items or not.

    Raises NotFound.
    """
    file = await files.to_read(work.session, file_id)
    known, today = await _durations(work, file), facility_day(file, work.now)
    return forecast(file, today, durations=known, shows_all=shows_all(file))


async def _durations(work: Work, file: File) -> Durations:
    codes = [item.code for item in file.items if item.stands_in_the_way]
    known = await courses.of_file(work.session, file.file_id)
    ended = await courses.confirmed(work.session, codes)
    return Durations(
        state=file.work_state,
        facility_id=file.facility_id,
        measured=by_stage(one for course in ended for one in course.measured()),
        waits_since={code: course.waits_since for code, course in known.items()},
    )
