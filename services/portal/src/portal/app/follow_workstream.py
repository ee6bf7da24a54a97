"""A department says where it stands."""

from portal.app.change_assignment import change_assignment
from portal.domain.workstream import answered
from portal.storage import timeline, workstreams
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.work import Work


async def follow_workstream(work: Work, answer: WorkstreamChanged) -> None:
    """Keeps its answer with its blockers; the assignment's lights and the items that hold it up follow."""
    entry = await timeline.of_event(work)
    department = str(work.cause.publisher)
    streams = await workstreams.of_assignment(work.session, answer.assignment_id)
    before = next((one for one in streams if one.department == department), None)
    at = entry.at or work.now
    workstreams.save(work.session, answered(before, answer, department=department, at=at, now=work.now))
    await change_assignment(work, answer.assignment_id, change=lambda known: known)
