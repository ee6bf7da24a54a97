"""Who is signed in in which browser; of each cookie's secret only the SHA-256 is here, and tokens are sealed."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.browser_session import IDLE, BrowserSession, Kind
from portal.storage.tables import browser_session

hashed = browser_session.c.session_hash


async def start(session: AsyncSession, started: BrowserSession) -> None:
    """Keeps a new session."""
    await session.execute(insert(browser_session).values({**_row(started), "kind": str(started.kind)}))


async def by_hash(session: AsyncSession, session_hash: str, *, lock: bool = False) -> BrowserSession | None:
    """The session of this cookie; locked, nobody else renews or ends it meanwhile."""
    statement = select(browser_session).where(hashed == session_hash)
    row = (await session.execute(statement.with_for_update() if lock else statement)).first()
    return _session(row) if row else None


async def renew(session: AsyncSession, session_hash: str, *, tokens: bytes, access_ends_at: datetime) -> None:
    """Replaces its tokens."""
    values = {"tokens": tokens, "access_ends_at": access_ends_at}
    await session.execute(update(browser_session).where(hashed == session_hash).values(values))


async def note_use(session: AsyncSession, session_hash: str, *, now: datetime) -> None:
    """It was used."""
    await session.execute(update(browser_session).where(hashed == session_hash).values(seen_at=now))


async def end(session: AsyncSession, session_hash: str) -> None:
    """It is over, and its tokens are gone."""
    await session.execute(delete(browser_session).where(hashed == session_hash))


async def forget_over(session: AsyncSession, *, now: datetime, most: int) -> int:
    """Deletes sessions that ended by themselves, at most so many; how many."""
    over = or_(browser_session.c.ends_at <= now, browser_session.c.seen_at <= now - IDLE)
    some = select(hashed).where(over).order_by(hashed).limit(most)
    return len((await session.scalars(delete(browser_session).where(hashed.in_(some)).returning(hashed))).all())


def _row(value: BrowserSession) -> dict[str, Any]:
    return {name: getattr(value, name) for name in BrowserSession.__slots__}


def _session(row: Row[Any]) -> BrowserSession:
    values = {name: row._mapping[name] for name in BrowserSession.__slots__}
    return BrowserSession(**{**values, "kind": Kind(values["kind"])})
