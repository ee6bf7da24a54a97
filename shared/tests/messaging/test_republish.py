"""What was published can be sent once more: to a broker that was lost, or to a consumer that is new."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.contracts.assignments import ClientChanged
from shared.contracts.catalogue import topic_named
from shared.db.work import Works
from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.memory import MemoryBroker
from shared.messaging.relay import Relay
from shared.messaging.republish import republish
from shared.principal import system
from shared.testing.effects import Effects
from shared.testing.events import a_workstream
from shared.testing.running import eventually, running


@pytest.fixture
async def published(payroll: Works, broker: MemoryBroker, effects: Effects, database_url: str) -> MemoryBroker:
    """Payroll said asg_1 three times and asg_2 once; all of it was relayed."""
    for about, version in (("asg_1", 1), ("asg_2", 1), ("asg_1", 2), ("asg_1", 3)):
        async with payroll.begin(system("payroll")) as work:
            work.publish(a_workstream(about, done=version), version=version)
    await relay_all(database_url, broker, effects)
    return broker


async def relay_all(url: str, broker: MemoryBroker, effects: Effects, service: str = "payroll") -> None:
    async def is_empty() -> bool:
        return await effects.column("SELECT count(*) FROM outbox WHERE published_at IS NULL") == [0]

    async with running(Relay(service, url, broker).run):
        await eventually(is_empty)


def records(broker: MemoryBroker) -> Sequence[Record]:
    return [record for log in broker.logs.values() for record in log]


def header(record: Record, name: str) -> bytes | None:
    return dict(record.headers).get(name)


async def test_a_lost_broker_is_filled_again_and_who_had_it_all_notices_nothing(
    published: MemoryBroker, payroll: Works, delivery: Delivery, effects: Effects
) -> None:
    await delivery.deliver(records(published))
    fresh = MemoryBroker()
    assert await republish("payroll", payroll.engine, producer=await fresh.producer()) == 4
    assert {header(record, "ce_replay") for record in records(fresh)} == {b"all"}
    assert {header(r, "ce_id") for r in records(fresh)} == {header(r, "ce_id") for r in records(published)}
    await delivery.deliver(records(fresh))
    assert (await effects.of("asg_1"), await effects.of("asg_2")) == ([1, 2, 3], [1])


async def test_a_new_consumer_is_filled_from_version_one_and_ends_equal(
    published: MemoryBroker, payroll: Works, delivery: Delivery, effects: Effects
) -> None:
    fresh = MemoryBroker()
    assert await republish("payroll", payroll.engine, producer=await fresh.producer(), consumer="assignments") == 4
    await delivery.deliver(records(fresh))
    await delivery.deliver(records(published))
    assert (await effects.of("asg_1"), await effects.of("asg_2")) == ([1, 2, 3], [1])


async def test_others_ignore_what_is_repeated_for_one_consumer(
    published: MemoryBroker, payroll: Works, delivery: Delivery, effects: Effects
) -> None:
    fresh = MemoryBroker()
    await republish("payroll", payroll.engine, producer=await fresh.producer(), consumer="housing")
    await delivery.deliver(records(fresh))
    assert (await effects.of("asg_1"), await effects.waiting()) == ([], [])


async def test_only_what_was_recorded_since_is_sent_again(
    published: MemoryBroker, payroll: Works, effects: Effects
) -> None:
    await effects.change("UPDATE outbox SET recorded_at = '2026-01-01Z' WHERE aggregateversion = 1")
    fresh = MemoryBroker()
    since = datetime(2026, 1, 2, tzinfo=UTC)
    assert await republish("payroll", payroll.engine, producer=await fresh.producer(), since=since) == 2
    assert [header(record, "ce_aggregateversion") for record in records(fresh)] == [b"2", b"3"]


async def test_what_the_relay_has_not_sent_is_left_to_the_relay(payroll: Works, broker: MemoryBroker) -> None:
    """Otherwise its first sending would be flagged as a repetition, and nobody outside would ever hear of it."""
    async with payroll.begin(system("payroll")) as work:
        work.publish(a_workstream(), version=1)
    assert await republish("payroll", payroll.engine, producer=await broker.producer()) == 0


async def test_a_state_that_was_erased_is_erased_for_a_new_consumer_too(
    engine: AsyncEngine, clock: FixedClock, broker: MemoryBroker, effects: Effects, database_url: str
) -> None:
    publisher, housing = Works("assignments", engine, clock), Works("housing", engine, clock)
    for number, (client_id, name) in enumerate([("cli_1", "Mercy"), ("cli_2", "Grace")], start=1):
        async with publisher.begin(system("assignments")) as work:
            work.publish(
                ClientChanged(client_id=client_id, source="", source_reference=str(number), name=name), version=1
            )
    async with publisher.begin(system("assignments")) as work:
        work.erase(topic_named("assignments.client.v1"), "cli_1", version=2)
    await relay_all(database_url, broker, effects, "assignments")
    fresh = MemoryBroker()
    assert await republish("assignments", engine, producer=await fresh.producer(), consumer="housing") == 3
    handlers = Handlers("housing")
    handlers.keep(ClientChanged)
    await Delivery(housing, handlers).deliver(records(fresh))
    assert await effects.column("SELECT key FROM replica") == ["cli_2"]
