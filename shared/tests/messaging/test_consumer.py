"""The consumer loop: nothing is committed before its effects are, and nothing stops it for good."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import pytest

from shared.messaging.broker import OnRevoke, Outgoing, Place, Record, Subscription
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.envelope import to_record
from shared.messaging.memory import MemoryBroker, MemorySubscription
from shared.testing.effects import Effects, Gate
from shared.testing.events import TOPIC, a_workstream, an_envelope
from shared.testing.running import eventually, running

GROUP = "assignments"


@pytest.fixture
def consumer(broker: MemoryBroker, delivery: Delivery) -> Consumer:
    return Consumer(broker, delivery, group=GROUP, topics=[TOPIC], instance="0")


def sent(*versions: int, about: str = "asg_1") -> list[Outgoing]:
    return [to_record(an_envelope(a_workstream(about, done=n), version=n)) for n in versions]


def applied(effects: Effects, *done: int) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return list(await effects.of()) == list(done)

    return look


async def no_revocation() -> None:
    """A test's own member has nothing in hand."""


async def left_over(broker: MemoryBroker) -> list[int]:
    """What a new member of the group would get: the versions behind the committed offsets."""
    member = await broker.subscribe(group=GROUP, topics=[TOPIC], instance="0", on_revoke=no_revocation)
    records = await member.fetch(limit=100, wait_ms=0)
    await member.close()
    return [int(dict(record.headers)["ce_aggregateversion"]) for record in records]


class Overheard:
    """A subscription that notes which effects are in the database whenever offsets are committed."""

    def __init__(self, inner: Subscription, effects: Effects, heard: list[list[int]]) -> None:
        self.inner = inner
        self.effects = effects
        self.heard = heard

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        return await self.inner.fetch(limit=limit, wait_ms=wait_ms)

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        self.heard.append(list(await self.effects.of()))
        await self.inner.commit(next_offsets)

    async def lag(self) -> Mapping[Place, int]:
        return await self.inner.lag()

    async def close(self) -> None:
        await self.inner.close()


class OverhearingBroker(MemoryBroker):
    def __init__(self, effects: Effects) -> None:
        super().__init__()
        self.effects = effects
        self.heard: list[list[int]] = []

    async def subscribe(  # type: ignore[override]  # it wraps what it is asked for
        self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke
    ) -> Overheard:
        inner = await super().subscribe(group=group, topics=topics, instance=instance, on_revoke=on_revoke)
        return Overheard(inner, self.effects, self.heard)


async def test_offsets_are_committed_only_after_the_effects_are(delivery: Delivery, effects: Effects) -> None:
    """INVARIANT: whatever offset is committed, the effects of everything before it are in the database.

    What breaks it: committing what was fetched instead of what was delivered, or before the database has committed.
    """
    broker = OverhearingBroker(effects)
    await broker.append(sent(1, 2))
    async with running(Consumer(broker, delivery, group=GROUP, topics=[TOPIC], instance="0").run):
        await eventually(applied(effects, 1, 2))
        await broker.append(sent(3))
        await eventually(applied(effects, 1, 2, 3))
    assert broker.heard == [[1, 2], [1, 2, 3]]
    assert await left_over(broker) == []


async def test_a_database_that_goes_away_amid_a_batch_loses_nothing(
    consumer: Consumer, broker: MemoryBroker, effects: Effects
) -> None:
    losses = iter([True, False, True])

    async def lose() -> None:
        if next(losses, False):
            await effects.lose_connections()

    effects.on_apply = lose
    await broker.append(sent(1, 2, 3))
    async with running(consumer.run):
        await eventually(applied(effects, 1, 2, 3))
    assert (await left_over(broker), await effects.waiting()) == ([], [])


async def test_it_stops_promptly_while_the_database_is_away_and_commits_nothing(
    consumer: Consumer, broker: MemoryBroker, effects: Effects
) -> None:
    was_lost = asyncio.Event()

    async def lose() -> None:
        await effects.lose_connections()
        was_lost.set()

    effects.on_apply = lose
    await broker.append(sent(1, 2))
    async with asyncio.timeout(10), running(consumer.run):
        await was_lost.wait()
    assert (await effects.of(), await left_over(broker)) == ([], [1, 2])


async def test_a_batch_in_hand_is_finished_and_committed_before_its_partitions_go(
    consumer: Consumer, broker: MemoryBroker, effects: Effects
) -> None:
    """INVARIANT: a rebalance hands over partitions only after the batch in hand is delivered and committed.

    What breaks it: answering a revocation at once; the next member then works on the same records at the same time.
    """
    gate = effects.gates["asg_1"] = Gate()
    await broker.append(sent(1))
    async with running(consumer.run):
        await gate.reached.wait()
        joining = asyncio.create_task(
            broker.subscribe(group=GROUP, topics=[TOPIC], instance="1", on_revoke=no_revocation)
        )
        done, _ = await asyncio.wait({joining}, timeout=0.2)
        assert not done
        gate.open.set()
        second = await joining
        assert await effects.of() == [1]
        await second.close()
    assert await left_over(broker) == []


async def test_a_broker_that_is_away_is_waited_out(consumer: Consumer, broker: MemoryBroker, effects: Effects) -> None:
    broker.is_away = True
    await broker.append(sent(1))
    async with running(consumer.run):
        assert not consumer.is_connected
        broker.is_away = False
        await eventually(applied(effects, 1))
        assert (consumer.is_connected, await consumer.lag()) == (True, 0)


class StuckOnce(MemoryBroker):
    """Its first subscription is alive but stuck: records wait, and none ever arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0

    async def subscribe(
        self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke
    ) -> MemorySubscription:
        self.made += 1
        member = await super().subscribe(group=group, topics=topics, instance=instance, on_revoke=on_revoke)
        if self.made > 1:
            return member
        return Stuck(self, member._group, topics=topics, instance=instance, on_revoke=on_revoke)


class Stuck(MemorySubscription):
    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        await asyncio.sleep(0.01)
        return []

    async def lag(self) -> Mapping[Place, int]:
        return {Place(TOPIC, 0): 1}


async def test_a_subscription_that_is_alive_but_stuck_is_replaced(delivery: Delivery, effects: Effects) -> None:
    broker = StuckOnce()
    await broker.append(sent(1))
    consumer = Consumer(broker, delivery, group=GROUP, topics=[TOPIC], instance="0")
    consumer.watch_seconds, consumer.stuck_seconds = 0.01, 0
    async with running(consumer.run):
        await eventually(applied(effects, 1))
    assert broker.made == 2


async def test_a_slow_handler_is_not_taken_for_a_stuck_subscription(delivery: Delivery, effects: Effects) -> None:
    gate = effects.gates["asg_1"] = Gate()
    broker = StuckOnce()
    broker.made = 1
    await broker.append([*sent(1), *sent(1, about="asg_2")])
    consumer = Consumer(broker, delivery, group=GROUP, topics=[TOPIC], instance="0")
    consumer.watch_seconds, consumer.stuck_seconds = 0.001, 0
    async with running(consumer.run):
        await gate.reached.wait()
        await asyncio.wait({asyncio.create_task(gate.open.wait())}, timeout=0.1)
        gate.open.set()
        await eventually(applied(effects, 1))
    assert broker.made == 2
