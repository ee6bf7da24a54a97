"""What only PostgreSQL itself can show of the relay: snapshots, locks and positions under concurrent writers."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from random import Random
from zlib import crc32

import pytest
from sqlalchemy import insert, text

from shared.clock import FixedClock
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.engine import make_engine
from shared.db.tables import outbox
from shared.db.work import OUTBOX_CHANNEL, SHARDS, Works
from shared.ids import new_uuid
from shared.messaging.broker import Outgoing
from shared.messaging.memory import MemoryBroker
from shared.messaging.relay import Relay
from shared.testing.effects import OBSERVER, Effects
from shared.testing.events import TOPIC
from shared.testing.running import eventually, running

WRITERS, TURNS = 8, 15
HOT = tuple(f"asg_{n}" for n in range(5))
BUMP = text("UPDATE hot SET version = version + 1 WHERE id = :id RETURNING version")


class DawdlingBroker(MemoryBroker):
    """A broker whose acknowledgements take their time, now more, now less."""

    def __init__(self, chance: Random) -> None:
        super().__init__()
        self.chance = chance

    async def append(self, records: Sequence[Outgoing]) -> None:
        await asyncio.sleep(self.chance.random() * 0.03)
        await super().append(records)


@pytest.fixture
async def effects(database_url: str) -> AsyncIterator[Effects]:
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    await effects.change("CREATE TABLE hot (id text PRIMARY KEY, version int)")
    await effects.change("INSERT INTO hot SELECT 'asg_' || n, 0 FROM generate_series(0, 4) AS n")
    yield effects
    await effects.engine.dispose()


@pytest.fixture
async def busy(database_url: str, clock: FixedClock) -> AsyncIterator[Works]:
    """Payroll with a pool for all writers."""
    engine = make_engine(database_url, application_name="writers", pool_size=WRITERS)
    yield Works("payroll", engine, clock)
    await engine.dispose()


async def _write(works: Works, chance: Random) -> None:
    """Takes the aggregate's lock and then positions of the outbox, and dawdles before it commits."""
    for _ in range(TURNS):
        about = chance.choice(HOT)
        async with works.engine.begin() as connection:
            version = await connection.scalar(BUMP, {"id": about})
            assert version is not None
            await connection.execute(insert(outbox), _row(about, version))
            await connection.execute(text("SELECT pg_notify(:c, '')"), {"c": OUTBOX_CHANNEL})
            await connection.execute(text("SELECT pg_sleep(:s)"), {"s": chance.random() * 0.02})


def _row(about: str, version: int) -> dict[str, object]:
    return {
        "id": new_uuid(),
        "aggregatetype": TOPIC,
        "aggregateid": about,
        "aggregateversion": version,
        "type": WorkstreamChanged.event_type,
        "payload": "{}",
        "time": datetime(2026, 1, 5, tzinfo=UTC),
        "actor": "system:payroll",
        "correlationid": "corr-1",
        "epoch": 1,
        "shard": crc32(about.encode()) % SHARDS,
    }


async def test_two_relays_keep_order_while_the_broker_dawdles(busy: Works, effects: Effects, database_url: str) -> None:
    """INVARIANT: with two relays every committed event is sent once, the versions of an aggregate in order.

    What breaks it: a cursor over positions, which are taken before the commit; SKIP LOCKED, which lets the second relay
    send version 2 while the first still sends version 1; no lock, or one that ends with its statement.
    """
    broker = DawdlingBroker(Random(1))
    relays = [Relay("payroll", database_url, broker) for _ in range(2)]
    for relay in relays:
        relay.poll_seconds = 0.005

    async def is_all_published() -> bool:
        return await effects.column("SELECT count(*) FROM outbox WHERE published_at IS NULL") == [0]

    async with running(*(relay.run for relay in relays)):
        await asyncio.gather(*(_write(busy, Random(number)) for number in range(WRITERS)))
        await eventually(is_all_published)
    last = await effects.column("SELECT version FROM hot ORDER BY id")
    sent: dict[str, list[int]] = defaultdict(list)
    for record in (record for log in broker.logs.values() for record in log):
        sent[(record.key or b"").decode()].append(int(dict(record.headers)["ce_aggregateversion"]))
    assert sum(last) == WRITERS * TURNS
    assert sent == {key: list(range(1, n + 1)) for key, n in zip(HOT, last, strict=True)}
