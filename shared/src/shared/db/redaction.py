"""Takes what was said about somebody out of the archive of published events."""

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.tables import outbox


async def redact_published(session: AsyncSession, topic: str, *, key: str) -> None:
    """Turns every event of this key into a tombstone, so that sending them again says nothing. State streams only."""
    said = (outbox.c.aggregatetype == topic) & (outbox.c.aggregateid == key) & outbox.c.payload.is_not(None)
    await session.execute(update(outbox).where(said).values(payload=None))
