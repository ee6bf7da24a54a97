"""This service's copies of other services' state, kept by its consumer and read by its use cases."""

from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from shared.contracts.event import E, decode
from shared.db.rows import Kept, Rows
from shared.db.tables import replica

_replicas = Rows(replica)


async def find(session: AsyncSession, state: type[E], *, topic: str, key: str) -> E | None:
    """The copy, if it has arrived."""
    kept = await _row(session, topic, key)
    if kept is None:
        return None
    if not isinstance(kept.value, state):
        value = decode(state, kept.row["body"].encode())
        _replicas.remember(session, kept, value=value)
        return value
    return kept.value


async def load(session: AsyncSession, keys: Collection[str]) -> None:
    """Reads at once what `find` will be asked for, key by key."""
    await _replicas.load(session, replica.c.key, values=keys)


async def keep(session: AsyncSession, topic: str, *, key: str, version: int, body: str) -> None:
    """Replaces the copy by a newer one, or adds it."""
    before = await _row(session, topic, key)
    row = {"topic": topic, "key": key, "version": version, "body": body}
    _replicas.put(session, row, was=before.row["version"] if before else None)


async def forget(session: AsyncSession, topic: str, *, key: str) -> None:
    """Removes the copy."""
    await session.execute(delete(replica).where(replica.c.topic == topic, replica.c.key == key))
    _replicas.drop(session, (topic, key))


async def _row(session: AsyncSession, topic: str, key: str) -> Kept | None:
    rows = await _replicas.where(session, replica.c.key, value=key)
    return next((kept for kept in rows if kept.row["topic"] == topic), None)
