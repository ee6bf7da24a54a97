"""Assignments as the read model knows them.

Several topics tell of one assignment, and whichever comes first makes its row: whoever changes it holds its name, so
that no two make it at once. Names of facilities are held before those of assignments, those before rows of items.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.assignment import Assignment
from portal.storage.projected import Projected
from portal.storage.tables import assignment
from shared.db import locks
from shared.db.within import covers
from shared.errors import NotFound

LOCK_CLASS = 0xA5516  # any number, the same in every process of the portal
COLUMNS = ("assignment_id", "facility_id", "clinician_id", "source", "is_open")

_assignments = Projected(assignment, Assignment)
save = _assignments.save


async def hold(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Nobody else changes these assignments, or makes their rows, until the transaction ends."""
    await locks.hold(session, LOCK_CLASS, names=assignment_ids)


async def load(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Holds and reads at once what `to_change` will be asked for, one after another."""
    await hold(session, assignment_ids)
    await _assignments.load(session, assignment.c.assignment_id, values=assignment_ids)


async def load_at_facilities(session: AsyncSession, facility_ids: Collection[str]) -> None:
    """Reads at once what `at_facility` will be asked for."""
    await _assignments.load(session, assignment.c.facility_id, values=facility_ids, lock=False)


async def to_change(session: AsyncSession, assignment_id: str, *, now: datetime) -> Assignment:
    """The assignment, locked; where nobody spoke of it yet, one of which nothing is known."""
    await hold(session, [assignment_id])
    found = await _assignments.one(session, assignment.c.assignment_id, value=assignment_id, lock=True)
    return found or Assignment(assignment_id=assignment_id, changed_at=now)


async def known(session: AsyncSession, assignment_id: str) -> Assignment | None:
    """The assignment as it is, if its offer arrived, whoever asks."""
    found = await _assignments.one(session, assignment.c.assignment_id, value=assignment_id, lock=False)
    return found if found and found.state else None


async def to_read(session: AsyncSession, assignment_id: str) -> Assignment:
    """The same within the principal's reach. Raises NotFound."""
    found = await known(session, assignment_id)
    if found is None or not covers(session, {name: getattr(found, name) for name in COLUMNS}):
        raise NotFound(what="assignment", id=assignment_id)
    return found


async def at_facility(session: AsyncSession, facility_id: str) -> tuple[Assignment, ...]:
    """Every assignment at a facility, in id order; `to_change` locks one."""
    return await _assignments.where(session, assignment.c.facility_id, value=facility_id, lock=False)
