"""Where facilities lie, as their assignments' rows repeat it."""

from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.assignment import Facility
from portal.storage.projected import Projected
from portal.storage.tables import facility
from shared.db import locks

LOCK_CLASS = 0xFAC16  # any number, the same in every process of the portal

_facilities = Projected(facility, Facility)
save = _facilities.save


async def hold(session: AsyncSession, facility_ids: Collection[str]) -> None:
    """Nobody else hears of these facilities, or of terms at them, until the transaction ends."""
    await locks.hold(session, LOCK_CLASS, names=facility_ids)


async def load(session: AsyncSession, facility_ids: Collection[str]) -> None:
    """Holds and reads at once what `find` will be asked for, one after another."""
    await hold(session, facility_ids)
    await _facilities.load(session, facility.c.facility_id, values=facility_ids)


async def find(session: AsyncSession, facility_id: str) -> Facility | None:
    """The facility, held; None when it has not arrived."""
    await hold(session, [facility_id])
    return await _facilities.one(session, facility.c.facility_id, value=facility_id, lock=True)
