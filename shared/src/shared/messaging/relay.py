"""Takes committed events from the outbox to the broker, in order per aggregate, at least once.

Method (ADR 0003): unpublished rows in id order, one owner per shard of aggregates (advisory lock), the acknowledgements
of a batch awaited before the next. NOTIFY only wakes; a poll of one second stands behind it.
"""

import asyncio
from typing import Any

import structlog
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from shared.db.work import OUTBOX_CHANNEL, SHARDS
from shared.messaging.broker import Broker, BrokerUnavailable, Producer
from shared.messaging.envelope import Envelope, source_of, to_record
from shared.messaging.letter import describe
from shared.messaging.pause import backoff, pause
from shared.observe.metrics import RELAYED, UNPUBLISHED
from shared.observe.places import places

log = structlog.get_logger()

BATCH = 500
POLL_SECONDS = 1.0
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


class Relay:
    """The outbox relay of one service process; it works on the shards it can lock."""

    def __init__(self, service: str, url: str, broker: Broker) -> None:
        self.service = service
        self.broker = broker
        self.poll_seconds: float = POLL_SECONDS
        self._engine: AsyncEngine = create_async_engine(
            url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"timeout": 5}
        )
        self._producer: Producer | None = None
        self._wake = asyncio.Event()
        self._shards: list[int] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set. A broker or database that is away is waited out."""
        waits = backoff()
        while not stop.is_set():
            try:
                async with self._engine.connect() as connection:
                    await self._listen(connection)
                    waits = backoff()
                    await self._serve(connection, stop)
            except Exception as error:  # the relay's loop: it must outlive outages; anything else is logged whole
                log.warning("relay.interrupted", error=describe(error), where=places(error))
                await pause(stop, next(waits))
            finally:
                self._shards = []
                await self._drop_producer()
        await self._engine.dispose()

    async def _serve(self, connection: AsyncConnection, stop: asyncio.Event) -> None:
        waits = backoff(0.2)
        while not stop.is_set():
            self._wake.clear()
            await self._lock_more(connection)
            try:
                while await self._relay_batch(connection) == BATCH and not stop.is_set():
                    pass
                waits = backoff(0.2)
            except BrokerUnavailable as error:
                log.warning("relay.broker_away", error=describe(error))
                await self._drop_producer()
                await pause(stop, next(waits))
            await self._sleep(stop)

    async def _relay_batch(self, connection: AsyncConnection) -> int:
        rows = (await connection.execute(_NEXT, {"shards": self._shards, "limit": BATCH})).all()
        UNPUBLISHED.set(len(rows))
        if rows:
            self._producer = self._producer or await self.broker.producer()
            await self._producer.send([to_record(envelope_of(self.service, row)) for row in rows])
            await connection.execute(_MARK, {"positions": [row.position for row in rows]})
            RELAYED.inc(len(rows))
        return len(rows)

    async def _lock_more(self, connection: AsyncConnection) -> None:
        wanted = sorted(set(range(SHARDS)) - set(self._shards))
        if wanted:
            got = await connection.scalars(_LOCK, {"shards": wanted, "class": LOCK_CLASS})
            self._shards = sorted([*self._shards, *got])

    async def _listen(self, connection: AsyncConnection) -> None:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.add_listener(OUTBOX_CHANNEL, lambda *_: self._wake.set())

    async def _sleep(self, stop: asyncio.Event) -> None:
        waiting = {asyncio.create_task(self._wake.wait()), asyncio.create_task(stop.wait())}
        try:
            await asyncio.wait(waiting, timeout=self.poll_seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waiting:
                task.cancel()

    async def _drop_producer(self) -> None:
        producer, self._producer = self._producer, None
        if producer:
            await producer.close()


def envelope_of(service: str, row: Row[Any], *, replay: str | None = None) -> Envelope:
    """The envelope of an outbox row."""
    return Envelope(
        topic=row.aggregatetype,
        id=row.id,
        source=source_of(service),
        type=row.type,
        subject=row.aggregateid,
        time=row.time,
        aggregateversion=row.aggregateversion,
        epoch=row.epoch,
        actor=row.actor,
        correlationid=row.correlationid,
        causationid=row.causationid,
        assignmentid=row.assignmentid,
        traceparent=row.traceparent,
        replay=replay,
        data=None if row.payload is None else row.payload.encode(),
    )
