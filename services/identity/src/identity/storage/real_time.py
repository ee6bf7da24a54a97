"""Real time, by the database's clock: sign-ins and tokens do not travel with business time."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


async def real_now(session: AsyncSession) -> datetime:
    """The instant at which this transaction began."""
    instant: datetime = (await session.execute(select(func.now()))).scalar_one()
    return instant
