"""The outbox is the archive of what was published: one partition a month, made ahead of time, never dropped here."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

MONTHS_AHEAD = 3


async def ensure_outbox_partitions(session: AsyncSession) -> int:
    """Makes the partitions of the coming months; returns how many were missing.

    The present month stays in the default partition when a service starts within it: rows are never moved.
    """
    now = await session.scalar(text("SELECT now()"))
    made = 0
    month = _next_month(now)
    for _ in range(MONTHS_AHEAD):
        made += await _make(session, month)
        month = _next_month(month)
    return made


async def _make(session: AsyncSession, month: datetime) -> int:
    # Writers queue behind whoever waits for a lock on their table: better to try again in an hour.
    await session.execute(text("SELECT set_config('lock_timeout', '2s', true)"))
    return int(await session.scalar(text("SELECT make_outbox_month(:month)"), {"month": month}) or 0)


def _next_month(instant: datetime) -> datetime:
    first = instant.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return (first + timedelta(days=32)).replace(day=1)
