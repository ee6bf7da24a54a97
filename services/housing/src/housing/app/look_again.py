"""Time passed over an assignment."""

from housing.domain.standing import standing
from housing.storage import cases
from shared.db.work import Work
from shared.workstreams.reporting import report


async def look_again(work: Work, assignment_id: str) -> None:
    """Says where its case stands now, if that changed since: a bed may be missing."""
    case = await cases.of_assignment(work.session, assignment_id)
    if case is not None:
        await report(work, standing(case, work.now))
