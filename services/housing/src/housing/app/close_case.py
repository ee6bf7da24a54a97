"""The end of an assignment closes its case."""

from housing.app.record import record
from housing.domain.changes import close
from housing.storage import cases
from shared.contracts.assignments import AssignmentEnded
from shared.db.work import Work


async def close_case(work: Work, event: AssignmentEnded) -> None:
    """Gives up what nobody will live in, and closes the workstream; what is owed and check-out stay to be done."""
    case = await cases.of_assignment(work.session, event.assignment_id)
    if case is not None:
        await record(work, close(case, event), before=case)
