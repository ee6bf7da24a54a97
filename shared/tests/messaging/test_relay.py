"""The relay: everything committed arrives, in order per aggregate, whatever dies on the way."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest
from sqlalchemy import text

from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import SHARDS, Works
from shared.messaging.broker import Outgoing
from shared.messaging.delivery import Delivery
from shared.messaging.memory import MemoryBroker
from shared.messaging.outbox import LOCK_CLASS
from shared.messaging.relay import Relay
from shared.principal import system
from shared.testing.effects import Effects, Gate
from shared.testing.events import a_workstream
from shared.testing.running import eventually, running

WRITERS, TURNS = 12, 40
HOT = tuple(f"asg_{n}" for n in range(5))
OWNERS = (
    "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = :c AND database = ("
    "SELECT oid FROM pg_database WHERE datname = current_database())"
)


class SlyBroker(MemoryBroker):
    """A broker that does something between its acknowledgement and what the relay does next."""

    def __init__(self, after_ack: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self.after_ack = after_ack

    async def append(self, records: Sequence[Outgoing]) -> None:
        await super().append(records)
        await self.after_ack()


@pytest.fixture
def relay(database_url: str, broker: MemoryBroker) -> Relay:
    return Relay("payroll", database_url, broker)


@pytest.fixture
async def busy(database_url: str, clock: FixedClock) -> AsyncIterator[Works]:
    """Payroll with a pool for all writers."""
    engine = make_engine(database_url, application_name="writers", pool_size=WRITERS)
    yield Works("payroll", engine, clock)
    await engine.dispose()


async def say(works: Works, *versions: int, about: str = "asg_1") -> None:
    """Each version in a transaction of its own."""
    for version in versions:
        async with works.begin(system("payroll")) as work:
            work.publish(a_workstream(about, done=version), version=version)


def arrived(broker: MemoryBroker) -> dict[str, list[int]]:
    """The versions of each key in the order in which they first stand in the log."""
    found: dict[str, list[int]] = defaultdict(list)
    for log in broker.logs.values():
        for record in log:
            version = int(dict(record.headers)["ce_aggregateversion"])
            if version not in found[(record.key or b"").decode()]:
                found[(record.key or b"").decode()].append(version)
    return dict(found)


def times_sent(broker: MemoryBroker) -> Counter[bytes]:
    return Counter(dict(record.headers)["ce_id"] for log in broker.logs.values() for record in log)


def all_published(effects: Effects) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return await effects.column("SELECT count(*) FROM outbox WHERE published_at IS NULL") == [0]

    return look


def owned_by(effects: Effects, pids: set[int]) -> Callable[[], Awaitable[bool]]:
    """Whether all shards have an owner, and none of these owns any."""

    async def look() -> bool:
        owners = await effects.column(OWNERS, c=LOCK_CLASS)
        return len(owners) == SHARDS and not pids & set(owners)

    return look


async def _write(works: Works, number: int) -> None:
    """Changes hot aggregates; every second transaction writes elsewhere first, every third dawdles with the lock."""
    for turn in range(TURNS):
        about = HOT[(number + turn * turn) % len(HOT)]
        async with works.begin(system("payroll")) as work:
            if turn % 2:
                await work.session.execute(text("INSERT INTO effect (done) VALUES (:n)"), {"n": turn})
            bump = text("UPDATE hot SET version = version + 1 WHERE id = :id RETURNING version")
            version = await work.session.scalar(bump, {"id": about})
            if turn % 3 == 0:
                await work.session.execute(text("SELECT pg_sleep(0.002)"))
            assert version is not None
            work.publish(a_workstream(about, done=version), version=version)


async def test_nothing_is_lost_and_order_holds_under_concurrent_writers(
    relay: Relay, busy: Works, broker: MemoryBroker, effects: Effects, database_url: str
) -> None:
    """INVARIANT: every committed event reaches the broker, and the versions of an aggregate in order.

    What breaks it: a cursor over ids (a lower id commits later), an order by transaction id (a transaction gets its id
    long before it gets the lock), or two relays on one aggregate.
    """
    await effects.change("CREATE TABLE hot (id text PRIMARY KEY, version int)")
    await effects.change("INSERT INTO hot SELECT 'asg_' || n, 0 FROM generate_series(0, 4) AS n")
    async with running(relay.run, Relay("payroll", database_url, broker).run):
        await asyncio.gather(*(_write(busy, number) for number in range(WRITERS)))
        await eventually(all_published(effects))
    last = await effects.column("SELECT version FROM hot ORDER BY id")
    assert sum(last) == WRITERS * TURNS
    assert arrived(broker) == {key: list(range(1, n + 1)) for key, n in zip(HOT, last, strict=True)}
    assert set(times_sent(broker).values()) == {1}


async def test_an_event_is_relayed_at_once_when_it_is_committed(
    relay: Relay, payroll: Works, broker: MemoryBroker, effects: Effects
) -> None:
    relay.poll_seconds = 3600
    async with running(relay.run):
        await eventually(owned_by(effects, set()))
        await say(payroll, 1)
        await eventually(all_published(effects))
    assert arrived(broker) == {"asg_1": [1]}


async def test_a_relay_that_lost_its_connection_goes_on(
    relay: Relay, payroll: Works, broker: MemoryBroker, effects: Effects
) -> None:
    async with running(relay.run):
        await eventually(owned_by(effects, set()))
        lost = set(await effects.column(OWNERS, c=LOCK_CLASS))
        await effects.lose_connections()
        await say(payroll, 1)
        await eventually(all_published(effects))
        assert not lost & set(await effects.column(OWNERS, c=LOCK_CLASS))
    assert arrived(broker) == {"asg_1": [1]}


async def test_a_broker_that_is_away_stops_no_command_and_loses_nothing(
    relay: Relay, payroll: Works, broker: MemoryBroker, effects: Effects
) -> None:
    broker.is_away = True
    async with running(relay.run):
        await eventually(owned_by(effects, set()))
        await say(payroll, 1, 2, 3)
        assert await effects.column("SELECT count(*) FROM outbox WHERE published_at IS NULL") == [3]
        broker.is_away = False
        await eventually(all_published(effects))
    assert arrived(broker) == {"asg_1": [1, 2, 3]}


async def test_a_crash_between_acknowledgement_and_mark_repeats_but_loses_nothing(
    payroll: Works, effects: Effects, delivery: Delivery, database_url: str
) -> None:
    """INVARIANT: at least once at the broker, once in the effects.

    What breaks it: marking before the acknowledgement (loss), or an id that differs between two sendings (two effects).
    """
    crashes = iter([True, False, True])

    async def crash() -> None:
        if next(crashes, False):
            await effects.lose_connections()

    broker = SlyBroker(crash)
    await say(payroll, 1, 2, 3)
    async with running(Relay("payroll", database_url, broker).run):
        await eventually(all_published(effects))
        await say(payroll, 4)
        await eventually(all_published(effects))
    assert arrived(broker) == {"asg_1": [1, 2, 3, 4]}
    assert sorted(times_sent(broker).values()) == [2, 2, 2, 2]
    for log in broker.logs.values():
        await delivery.deliver(log)
    assert await effects.of() == [1, 2, 3, 4]


async def test_a_second_relay_takes_over_from_one_that_hangs_and_its_late_sendings_do_no_harm(
    payroll: Works, effects: Effects, delivery: Delivery, database_url: str, broker: MemoryBroker
) -> None:
    """INVARIANT: a shard has one owner; one that lost its lock while it hung repeats old events at most.

    What breaks it: a lock that outlives its connection, or one that is not asked for again.
    """
    gate = Gate()
    hanging = HangingBroker(broker, gate)
    async with running(Relay("payroll", database_url, hanging).run):
        await eventually(owned_by(effects, set()))
        first = set(await effects.column(OWNERS, c=LOCK_CLASS))
        await say(payroll, 1)
        await gate.reached.wait()
        async with running(Relay("payroll", database_url, broker).run):
            await effects.change(f"SELECT pg_terminate_backend({first.pop()})")
            await say(payroll, 2)
            await eventually(all_published(effects))
            gate.open.set()
            await eventually(sent_twice(broker, version=1))
    assert arrived(broker) == {"asg_1": [1, 2]}
    for log in broker.logs.values():
        await delivery.deliver(log)
    assert (await effects.of(), await effects.waiting()) == ([1, 2], [])


class HangingBroker(MemoryBroker):
    """Another's broker behind a line that hangs until a gate opens."""

    def __init__(self, behind: MemoryBroker, gate: Gate) -> None:
        super().__init__()
        self.behind = behind
        self.gate = gate

    async def append(self, records: Sequence[Outgoing]) -> None:
        await self.gate.wait()
        await self.behind.append(records)


def sent_twice(broker: MemoryBroker, *, version: int) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        versions = [dict(r.headers)["ce_aggregateversion"] for log in broker.logs.values() for r in log]
        return versions.count(str(version).encode()) == 2

    return look
