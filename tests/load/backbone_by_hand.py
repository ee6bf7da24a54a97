"""Outbox, relay and consumer as one would write them by hand with asyncpg and aiokafka: no shards, no envelope checks,
no parking, no outages.

Woken by NOTIFY, or looking every 50 ms.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from zlib import crc32

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from shared.contracts.assignments import OfferAccepted
from shared.contracts.event import encode
from shared.ids import new_uuid
from shared.messaging.broker import Record
from tests.load.backbone import LISTEN, POLL_SECONDS, Course, OnEffects
from tests.load.by_hand import write_same
from tests.load.case_rows import NOW, OUTBOX_COLUMNS
from tests.load.servers import plain

_BATCH = 500
_INSERT = (
    f"INSERT INTO outbox ({', '.join(OUTBOX_COLUMNS)})"
    f" VALUES ({', '.join(f'${place}' for place in range(1, len(OUTBOX_COLUMNS) + 1))})"
)
_NEXT = "SELECT * FROM outbox WHERE published_at IS NULL ORDER BY position LIMIT 500"
_MARK = "UPDATE outbox SET published_at = now() WHERE published_at IS NULL AND position = ANY($1::bigint[])"


class HandSender:
    """INSERT and NOTIFY in one transaction; one loop that sends what is unpublished, in order."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._wake = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        url = plain(self._course.publisher)
        self._pool = await asyncpg.create_pool(url, min_size=4, max_size=6)
        self._connection = await asyncpg.connect(url)
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._course.kafka, acks="all", enable_idempotence=True, linger_ms=0
        )
        await self._producer.start()
        if self._course.style == LISTEN:
            await self._connection.add_listener("outbox", lambda *_: self._wake.set())
        self._running = asyncio.create_task(self._relay())

    async def write(self, offer: OfferAccepted) -> None:
        key = offer.assignment_id
        row = (
            new_uuid(), self._course.topic, key, 1, offer.event_type, encode(offer).decode(), NOW, "local-recruiter",
            str(new_uuid()), None, key, None, 1, crc32(key.encode()) % 16,
        )  # fmt: skip
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_INSERT, *row)
            await connection.execute("SELECT pg_notify('outbox', '')")

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._producer.stop()
        await self._connection.close()
        await self._pool.close()

    async def _relay(self) -> None:
        while True:
            self._wake.clear()
            rows = await self._connection.fetch(_NEXT)
            if rows:
                await asyncio.gather(*[await self._send(row) for row in rows])
                await self._connection.execute(_MARK, [row["position"] for row in rows])
            if len(rows) < _BATCH:
                await self._sleep()

    async def _sleep(self) -> None:
        seconds = 1 if self._course.style == LISTEN else POLL_SECONDS
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    async def _send(self, row: asyncpg.Record) -> Any:
        attributes = {
            "ce_id": str(row["id"]),
            "ce_subject": row["aggregateid"],
            "ce_epoch": str(row["epoch"]),
            "ce_aggregateversion": str(row["aggregateversion"]),
            "ce_correlationid": row["correlationid"],
        }
        headers = [(name, value.encode()) for name, value in attributes.items()]
        key, value = row["aggregateid"].encode(), row["payload"].encode()
        return await self._producer.send(row["aggregatetype"], value, key=key, headers=headers)


class HandReceiver:
    """One loop: fetch, one transaction, commit the offsets."""

    def __init__(self, course: Course) -> None:
        self._course = course
        self._running: asyncio.Task[None] | None = None

    async def start(self, on_effects: OnEffects) -> None:
        self._connection = await asyncpg.connect(plain(self._course.consumer))
        self._client = AIOKafkaConsumer(
            self._course.topic,
            bootstrap_servers=self._course.kafka,
            group_id=self._course.group,
            group_instance_id=f"{self._course.group}-0",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
        )
        await self._client.start()
        self._running = asyncio.create_task(self._consume(on_effects))

    async def stop(self) -> None:
        if self._running:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._client.stop()
        await self._connection.close()

    async def _consume(self, on_effects: OnEffects) -> None:
        while True:
            batches = await self._client.getmany(timeout_ms=1000, max_records=200)
            messages = [message for batch in batches.values() for message in batch]
            if not messages:
                continue
            await write_same(self._connection, _records(messages))
            on_effects([message.key.decode() for message in messages])
            await self._client.commit(
                {TopicPartition(message.topic, message.partition): message.offset + 1 for message in messages}
            )


def _records(messages: Sequence[Any]) -> list[Record]:
    return [
        Record(
            topic=message.topic,
            partition=message.partition,
            offset=message.offset,
            key=message.key,
            value=message.value,
            headers=tuple(message.headers),
        )
        for message in messages
    ]
