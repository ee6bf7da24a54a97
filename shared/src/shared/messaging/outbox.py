"""Where committed events wait for the relay: what the relay asks of it, and its form in PostgreSQL."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from shared.db.work import OUTBOX_CHANNEL

LOCK_CLASS = 0x0F5B  # any number, the same in every relay of this database

_LOCK = text("SELECT shard FROM unnest(CAST(:shards AS int[])) AS shard WHERE pg_try_advisory_lock(:class, shard)")
_NEXT = text(
    "SELECT position, id, aggregatetype, aggregateid, aggregateversion, type, payload, time, actor, correlationid,"
    " causationid, assignmentid, traceparent, epoch FROM outbox"
    " WHERE published_at IS NULL AND shard = ANY(CAST(:shards AS int[])) ORDER BY position LIMIT :limit"
)
_MARK = text(
    "UPDATE outbox SET published_at = clock_timestamp()"
    " WHERE published_at IS NULL AND position = ANY(CAST(:positions AS bigint[]))"
)


class OutboxSession(Protocol):
    """One relay at the outbox. Every call raises whatever says that the session is lost."""

    async def lock(self, shards: Sequence[int]) -> Sequence[int]:
        """Those of the shards that nobody else has; they are this session's until it ends."""
        ...

    async def unpublished(self, shards: Sequence[int], *, limit: int) -> Sequence[Any]:
        """The next committed rows of these shards that are not marked, in the order of their positions."""
        ...

    async def mark(self, positions: Sequence[int]) -> None:
        """Notes that the broker has the rows at these positions."""
        ...


class Outbox(Protocol):
    """The outbox of one service."""

    def open(self, wake: Callable[[], object]) -> AbstractAsyncContextManager[OutboxSession]:
        """A session; `wake` is called when something was committed. Only a hint: one may be missing."""
        ...

    async def close(self) -> None:
        """Lets go of what sessions share."""
        ...


class PostgresOutbox:
    """The outbox table. Locks are advisory locks of the session: they end with its connection.

    The server ends a session that asks nothing for 20 s: its process stands still, and another relay takes its shards.
    """

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            connect_args={"timeout": 5, "server_settings": {"idle_session_timeout": "20000"}},
        )

    @asynccontextmanager
    async def open(self, wake: Callable[[], object]) -> AsyncIterator["PostgresOutboxSession"]:
        """A session on a connection of its own that also listens."""
        async with self._engine.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            await driver.add_listener(OUTBOX_CHANNEL, lambda *_: wake())
            yield PostgresOutboxSession(connection)

    async def close(self) -> None:
        """Ends the engine."""
        await self._engine.dispose()


class PostgresOutboxSession:
    """One connection, each statement committed by itself."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lock(self, shards: Sequence[int]) -> Sequence[int]:
        return (await self._connection.scalars(_LOCK, {"shards": shards, "class": LOCK_CLASS})).all()

    async def unpublished(self, shards: Sequence[int], *, limit: int) -> Sequence[Any]:
        return (await self._connection.execute(_NEXT, {"shards": shards, "limit": limit})).all()

    async def mark(self, positions: Sequence[int]) -> None:
        await self._connection.execute(_MARK, {"positions": positions})
