"""Open files follow the rules."""

from credentialing.app.begin_look_ups import begin_look_ups
from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import Basis, resolve_again
from credentialing.domain.file_change import Why, changed
from credentialing.storage import credentials, file_changes, files, waivers
from credentialing.storage.rules import rulebook
from shared.db.work import Work

AT_ONCE = 50


async def adopt_rules(work: Work) -> int:
    """Resolves at most 50 open files anew whose items come from an older rule set, and keeps what that changed.

    Returns how many. Those whose list says the same only note the rule set.
    """
    book = await rulebook(work.session)
    outdated = await files.open_under_older_rules(work.session, book.version, limit=AT_ONCE)
    clinicians = {file.clinician_id for file in outdated}
    await credentials.load_of_clinicians(work.session, clinicians)
    await waivers.load_of_clinicians(work.session, clinicians)
    for file in outdated:
        basis = Basis(
            held=await credentials.of_clinician(work.session, file.clinician_id),
            today=facility_day(file, work.now),
            rulebook=book,
            waivers=await waivers.of_clinician(work.session, file.clinician_id),
        )
        after = await record(work, resolve_again(file, basis))
        change = changed(file, after, why=Why.RULES, at=work.now, change_id=work.new_id("chg"))
        if change is not None:
            await file_changes.save(work.session, change)
            await begin_look_ups(work, after)
    return len(outdated)
