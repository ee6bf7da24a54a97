"""The last step of every change of a file."""

from credentialing.domain.clearance import settle
from credentialing.domain.decision import Made, decision_of
from credentialing.domain.file import File
from credentialing.domain.standing import standing
from credentialing.storage import decisions, files
from shared.db.work import Work
from shared.workstreams.reporting import report


async def record(work: Work, changed: File) -> File:
    """Settles the clearance, saves the file, and says what changed: clearance, workstream and work items.

    A clearance that is granted or lost is kept as a decision with all that it rests on.
    """
    settled = settle(changed, work.now)
    saved = await files.save(work.session, settled.file)
    for event in settled.events:
        made = Made(decision_id=work.new_id("dec"), at=work.now, by=work.principal.subject)
        await decisions.save(work.session, decision_of(saved, event, made=made))
        work.publish(event, version=saved.clearances_said)
    await report(work, standing(saved, work.now))
    return saved
