"""Holds the name that another system gave something, so that two requests about it wait for each other."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def hold(session: AsyncSession, kind: str, *, source: str, reference: str) -> None:
    """Waits until no other transaction holds this name, and holds it to the end of this one.

    A row that is not there yet cannot be locked; after this, whoever looks sees what the other one wrote.
    """
    named = "\n".join((kind, source, reference))
    await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(named, 0))))
