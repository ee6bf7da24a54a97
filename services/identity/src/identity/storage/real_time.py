"""Real time, by the database's clock: sign-ins and tokens do not travel with business time."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def real_now(session: AsyncSession) -> datetime:
    """The instant at which this transaction began."""
    instant: datetime = (await session.execute(select(func.now()))).scalar_one()
    return instant


async def real_now_at_last(session: AsyncSession) -> datetime:
    """The instant of this very statement: later than `real_now` by what the transaction waited for others."""
    instant: datetime = (await session.execute(select(func.clock_timestamp()))).scalar_one()
    return instant
