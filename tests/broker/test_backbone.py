"""The whole way of an event on real parts: PostgreSQL, relay, Kafka, consumer, PostgreSQL."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from firstshift.topics import catalogue_topics, ensure_topics
from shared.clock import FixedClock
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.broker import Record
from shared.messaging.consumer import Consumer
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.kafka import KafkaBroker
from shared.messaging.relay import Relay
from shared.principal import system
from shared.runtime.cli import commands
from shared.runtime.definition import Service
from shared.runtime.settings import ServiceSettings
from shared.testing.effects import OBSERVER, Effects
from shared.testing.events import TOPIC, a_workstream
from shared.testing.running import eventually, running
from tests.broker.conftest import Kafka, nothing_in_hand

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.usefixtures("collected"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

RETURN_SECONDS = 90
"""Longer than a broker, its clients' deadlines and a busy machine need together; how long it takes is not the point."""


@pytest.fixture
async def effects(database_url: str) -> AsyncIterator[Effects]:
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    await effects.change("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, assignment_id text, done int)")
    yield effects
    await effects.engine.dispose()


@pytest.fixture
async def topics(kafka: Kafka) -> None:
    await ensure_topics(kafka.address, catalogue_topics())


@pytest.fixture
def payroll(engine: AsyncEngine, clock: FixedClock) -> Works:
    return Works("payroll", engine, clock)


@pytest.fixture
def delivery(engine: AsyncEngine, clock: FixedClock, effects: Effects) -> Delivery:
    handlers = Handlers("assignments")
    handlers.on(WorkstreamChanged)(effects.apply)
    return Delivery(Works("assignments", engine, clock), handlers)


async def say(payroll: Works, *versions: int, about: str) -> None:
    for version in versions:
        async with payroll.begin(system("payroll")) as work:
            work.publish(a_workstream(about, done=version), version=version)


async def test_a_broker_ended_by_force_loses_nothing(
    kafka: Kafka, topics: None, database_url: str, payroll: Works, delivery: Delivery, effects: Effects
) -> None:
    """INVARIANT: what was committed while the broker died is applied once when it is back, in order.

    What breaks it: a producer that is used again after an indefinite error, or a consumer that waits for a client that
    is stuck.
    """
    broker = KafkaBroker(kafka.address)
    consumer = Consumer(broker, delivery, group="backbone", topics=[TOPIC], instance="0")

    async def are_applied(count: int) -> bool:
        return list(await effects.of("asg_survivor")) == list(range(1, count + 1))

    async with running(Relay("payroll", database_url, broker).run, consumer.run, seconds=2 * RETURN_SECONDS):
        await say(payroll, 1, 2, about="asg_survivor")
        await eventually(lambda: are_applied(2), seconds=RETURN_SECONDS)
        deaths = kafka.child.deaths
        assert kafka.child.pid
        os.kill(kafka.child.pid, signal.SIGKILL)
        await say(payroll, 3, 4, 5, about="asg_survivor")
        await eventually(lambda: are_applied(5), seconds=RETURN_SECONDS)
        assert (kafka.child.deaths, await effects.waiting()) == (deaths + 1, [])


async def test_the_republish_command_sends_again_what_was_asked_for(
    kafka: Kafka, topics: None, database_url: str, payroll: Works, delivery: Delivery, effects: Effects
) -> None:
    await say(payroll, 1, 2, 3, about="asg_repeated")
    await effects.change("UPDATE outbox SET published_at = now()")
    settings = ServiceSettings(database_url=database_url, kafka_bootstrap_servers=kafka.address)
    service = Service(
        name="payroll", version="1", settings=settings, handlers=Handlers("payroll"), routers=(), policy={}
    )
    for options, count in (
        (["--since", "2199-01-01"], 0),
        (["--since", "2026-01-01"], 3),
        (["--for", "assignments"], 3),
    ):
        ran = await asyncio.to_thread(
            CliRunner().invoke, commands("payroll", make=lambda: service), ["republish", *options]
        )
        assert (ran.exit_code, ran.output) == (0, f"{count} events sent again\n"), ran.exception
    member = await KafkaBroker(kafka.address).subscribe(
        group="repeated", topics=[TOPIC], instance="0", on_revoke=nothing_in_hand
    )
    repeated: list[Record] = []
    async with asyncio.timeout(30):
        while len(repeated) < 6:
            fetched = await member.fetch(limit=100, wait_ms=200)
            repeated += [record for record in fetched if record.key == b"asg_repeated"]
    await member.close()
    assert [dict(record.headers)["ce_replay"] for record in repeated] == [b"all"] * 3 + [b"assignments"] * 3
    await delivery.deliver(repeated)
    assert await effects.of("asg_repeated") == [1, 2, 3]
