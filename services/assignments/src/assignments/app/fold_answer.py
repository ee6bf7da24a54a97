"""A department says where it stands."""

from assignments.app.record import record
from assignments.domain.readiness import announce_ready, fold
from assignments.storage import assignments, readiness
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.work import Work


async def fold_answer(work: Work, answer: WorkstreamChanged) -> None:
    """Keeps its light for the present terms, and announces once when all four are ready.

    An answer to older terms changes nothing. Raises NotFound for an assignment that nobody here knows: no department
    hears of one before it was accepted here, so that is a defect to look at.
    """
    assignment = await assignments.to_change(work.session, answer.assignment_id)
    lights = await readiness.to_change(work.session, answer.assignment_id)
    folded = fold(lights, department=str(work.cause.publisher), answer=answer)
    if folded != lights:
        await readiness.save(work.session, folded)
        await record(work, announce_ready(assignment, folded), before=assignment)
