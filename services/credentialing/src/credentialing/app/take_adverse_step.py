"""A person takes the next step with a background report."""

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.review import with_review
from credentialing.domain.measures.steps import TakenStep
from credentialing.storage import adverse_actions, files
from shared.db.work import Work


async def take_adverse_step(work: Work, action_id: str, *, step: TakenStep) -> AdverseAction:
    """Takes it, dated by the facility's calendar; the file knows which step is next.

    Raises what the step raises, NotFound and VersionMismatch.
    """
    seen = await adverse_actions.to_read(work.session, action_id)
    await files.open_of_clinician(work.session, seen.clinician_id)  # all of them, in one order
    file = await files.to_change(work.session, seen.file_id)
    action = await adverse_actions.to_change(work.session, action_id, expected_version=work.seen_version)
    moved = step.applied(action, by=work.principal.subject, today=facility_day(file, work.now))
    saved = await adverse_actions.save(work.session, moved)
    await record(work, with_review(file, saved))
    return saved
