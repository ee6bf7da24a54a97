"""Holds the name that another system gave something, so that two requests about it wait for each other."""

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import locks

LOCK_CLASS = 0xA551  # any number, the same in every process of assignments


async def hold(session: AsyncSession, kind: str, *, source: str, reference: str) -> None:
    """Waits until no other transaction holds this name, and holds it to the end of this one.

    A row that is not there yet cannot be locked; after this, whoever looks sees what the other one wrote.
    """
    await locks.hold(session, LOCK_CLASS, names=["\n".join((kind, source, reference))])
