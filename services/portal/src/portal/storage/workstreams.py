"""What each department said last of each assignment; whoever changes it holds the assignment's name."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.workstream import Workstream
from portal.storage.projected import Projected
from portal.storage.tables import workstream
from shared.contracts.workstreams import Blocker

_workstreams = Projected(workstream, Workstream, as_json={"blockers": tuple[Blocker, ...]})
save = _workstreams.save


async def load(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads at once what `of_assignment` will be asked for, one after another."""
    await _workstreams.load(session, workstream.c.assignment_id, values=assignment_ids, lock=False)


async def of_assignment(session: AsyncSession, assignment_id: str) -> tuple[Workstream, ...]:
    """The workstreams of an assignment that have been heard of, in the order of their names."""
    return await _workstreams.where(session, workstream.c.assignment_id, value=assignment_id, lock=False)
