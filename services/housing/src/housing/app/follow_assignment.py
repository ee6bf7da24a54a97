"""The case knows where its assignment is on its way."""

from housing.app.record import record
from housing.domain.case import follow
from housing.storage import cases
from shared.contracts.assignments import Moved
from shared.db.work import Work


async def follow_assignment(work: Work, event: Moved) -> None:
    """Notes the state, by which money may be committed; an assignment without a case is none of ours."""
    case = await cases.of_assignment(work.session, event.assignment_id)
    if case is not None:
        await record(work, follow(case, event.state), before=case)
