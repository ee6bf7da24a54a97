"""Takes committed events from the outbox to the broker, in order per aggregate, at least once.

Method (ADR 0003): unpublished rows in id order, one owner per shard of aggregates (advisory lock), the acknowledgements
of a batch awaited before the next. NOTIFY only wakes; a poll of one second stands behind it.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog

from shared.db.work import SHARDS
from shared.messaging.broker import Broker, BrokerUnavailable, Producer
from shared.messaging.envelope import Envelope, source_of, to_record
from shared.messaging.letter import describe
from shared.messaging.outbox import Outbox, OutboxSession, PostgresOutbox
from shared.messaging.pause import backoff, pause, waking
from shared.observe.metrics import RELAYED, UNPUBLISHED
from shared.observe.places import places

log = structlog.get_logger()

BATCH = 200
POLL_SECONDS = 1.0


class Relay:
    """The outbox relay of one service process; it works on the shards it can lock."""

    def __init__(
        self, service: str, outbox: Outbox | str, broker: Broker, *, also_wake: Callable[[], None] | None = None
    ) -> None:
        """`outbox`: or the URL of the database that it is in. `also_wake` hears of every commit that the relay does."""
        self.service = service
        self.broker = broker
        self.poll_seconds: float = POLL_SECONDS
        self._outbox: Outbox = PostgresOutbox(outbox) if isinstance(outbox, str) else outbox
        self._producer: Producer | None = None
        self._wake = asyncio.Event()
        self._also_wake = also_wake
        self._shards: list[int] = []

    async def run(self, stop: asyncio.Event) -> None:
        """Relays until `stop` is set. A broker or database that is away is waited out."""
        waits = backoff()
        while not stop.is_set():
            try:
                async with self._outbox.open(self._woken) as session, waking(self._wake, at=stop):
                    waits = backoff()
                    await self._serve(session, stop)
            except Exception as error:  # the relay's loop: it must outlive outages; anything else is logged whole
                log.warning("relay.interrupted", error=describe(error), where=places(error))
                await pause(stop, next(waits))
            finally:
                self._shards = []
                await self._drop_producer()
        await self._outbox.close()

    def _woken(self) -> None:
        self._wake.set()
        if self._also_wake:
            self._also_wake()

    async def _serve(self, session: OutboxSession, stop: asyncio.Event) -> None:
        waits = backoff(0.2)
        while not stop.is_set():
            self._wake.clear()
            await self._lock_more(session)
            try:
                while await self._relay_batch(session) == BATCH and not stop.is_set():
                    pass
                waits = backoff(0.2)
            except BrokerUnavailable as error:
                log.warning("relay.broker_away", error=describe(error))
                await self._drop_producer()
                await pause(stop, next(waits))
            await pause(self._wake, self.poll_seconds)

    async def _relay_batch(self, session: OutboxSession) -> int:
        rows = await session.unpublished(self._shards, limit=BATCH)
        UNPUBLISHED.set(len(rows))
        if rows:
            self._producer = self._producer or await self.broker.producer()
            await self._producer.send([to_record(envelope_of(self.service, row)) for row in rows])
            await session.mark([row.position for row in rows])
            RELAYED.inc(len(rows))
        return len(rows)

    async def _lock_more(self, session: OutboxSession) -> None:
        wanted = sorted(set(range(SHARDS)) - set(self._shards))
        if wanted:
            self._shards = sorted([*self._shards, *await session.lock(wanted)])

    async def _drop_producer(self) -> None:
        producer, self._producer = self._producer, None
        if producer:
            await producer.close()


def envelope_of(service: str, row: Any, *, replay: str | None = None) -> Envelope:
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
