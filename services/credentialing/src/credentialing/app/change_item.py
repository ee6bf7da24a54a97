"""A person acts on one item of a file; what that changes for the clinician's other files follows."""

from collections.abc import Callable, Sequence
from datetime import date

from credentialing.app.close_questions import close_questions
from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.commands import Handled
from credentialing.domain.file import File, recheck
from credentialing.domain.held import Held
from credentialing.storage import credentials, files
from shared.db.work import Work

Decide = Callable[[File, Sequence[Held], date], Handled]


async def change_item(work: Work, file_id: str, *, decide: Decide) -> File:
    """Applies a decision about a credential and measures every open file of the clinician anew.

    What was decided by it is asked of no source any more.
    `decide` gets the file, all that the clinician holds, and the day at the facility. Raises what it raises, NotFound
    and VersionMismatch.
    """
    seen = await files.to_read(work.session, file_id)
    opened = await files.open_of_clinician(work.session, seen.clinician_id)  # in one order by whoever changes them
    file = await files.to_change(work.session, file_id, expected_version=work.seen_version)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    handled = decide(file, held, facility_day(file, work.now))
    await credentials.save(work.session, handled.credential)
    saved = await record(work, handled.file)
    now_held = await credentials.of_clinician(work.session, file.clinician_id)
    for other in opened:
        if other.file_id != file_id:
            await record(work, recheck(other, now_held, today=facility_day(other, work.now)))
    await close_questions(work, handled.credential)
    return saved
