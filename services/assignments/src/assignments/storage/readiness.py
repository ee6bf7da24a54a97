"""The lights of each assignment, in a row of their own: an answer of a department changes no assignment."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from assignments.domain.readiness import Readiness
from assignments.storage.tables import readiness
from shared.db.documents import Documents


def _columns(value: Readiness) -> Mapping[str, object]:
    return {"assignment_id": value.assignment_id, "is_ready": value.is_ready}


_readiness = Documents(readiness, Readiness, _columns)
save = _readiness.save


async def to_read(session: AsyncSession, assignment_id: str) -> Readiness:
    """The lights as they are; all four awaited before any was kept."""
    found = await _readiness.one(session, readiness.c.assignment_id, value=assignment_id)
    return found or Readiness(assignment_id=assignment_id, terms_version=1)


async def to_change(session: AsyncSession, assignment_id: str) -> Readiness:
    """The lights, locked for a change; take the assignment's own lock first."""
    found = await _readiness.one(session, readiness.c.assignment_id, value=assignment_id, lock=True)
    return found or Readiness(assignment_id=assignment_id, terms_version=1)


async def load(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads and locks at once what `to_change` will be asked for, one after another."""
    await _readiness.load(session, readiness.c.assignment_id, values=assignment_ids, lock=True)
