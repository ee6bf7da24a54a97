"""In which browsers somebody is signed in; nothing of their tokens."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.tables import browser_session

MOST = 50
_SESSION = browser_session.c


async def live(session: AsyncSession, subject: str) -> Sequence[Any]:
    """Hash, beginning and last use of each session that has not ended, the one used last first; at most 50."""
    query = select(_SESSION.session_hash, _SESSION.began_at, _SESSION.seen_at).where(
        _SESSION.subject == subject, _SESSION.ends_at > func.now()
    )
    return (await session.execute(query.order_by(_SESSION.seen_at.desc(), _SESSION.session_hash).limit(MOST))).all()
