"""Real time by the database's clock, which all processes share and which does not travel with business time."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.session import run

_AT_LAST = Statement("SELECT clock_timestamp() AS instant")


async def real_now_at_last(session: AsyncSession) -> datetime:
    """The instant of this very statement: later than the transaction's beginning by whatever it waited for."""
    rows = await run(session, _AT_LAST)
    instant: datetime = rows[0]["instant"]
    return instant
