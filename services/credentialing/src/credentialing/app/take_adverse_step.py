"""A person takes the next step with a background report."""

from credentialing.domain.clearance import facility_day
from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.steps import TakenStep
from credentialing.storage import adverse_actions, files
from shared.db.work import Work


async def take_adverse_step(work: Work, action_id: str, *, step: TakenStep) -> AdverseAction:
    """Takes it, dated by the facility's calendar. Raises what the step raises, NotFound and VersionMismatch."""
    action = await adverse_actions.to_change(work.session, action_id, expected_version=work.seen_version)
    file = await files.to_read(work.session, action.file_id)
    moved = step.applied(action, by=work.principal.subject, today=facility_day(file, work.now))
    return await adverse_actions.save(work.session, moved)
