"""The code that lets the first administrator in."""

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from identity.domain.bootstrap import THE_CODE, BootstrapCode
from identity.storage.tables.agency import bootstrap_code
from shared.db import locks
from shared.db.documents import Documents

LOCK_CLASS = 0xB007  # any number, the same in every process of identity

_codes = Documents(bootstrap_code, BootstrapCode, lambda code: {"code_id": code.code_id})
save = _codes.save


async def hold(session: AsyncSession) -> None:
    """Waits until nobody else makes or uses the code, and keeps it so to the end of the transaction."""
    await locks.hold(session, LOCK_CLASS, names=[THE_CODE])


async def to_read(session: AsyncSession) -> BootstrapCode | None:
    """The code that was made last, unless it was used."""
    return await _codes.one(session, bootstrap_code.c.code_id, value=THE_CODE)


async def forget(session: AsyncSession) -> None:
    """The code was used, and there is none until another is made."""
    await session.execute(delete(bootstrap_code))
