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

pytestmark = pytest.mark.kafka


@pytest.fixture
async def effects(database_url: str) -> AsyncIterator[Effects]:
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    await effects.change("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, assignment_id text, done int)")
    yield effects
    await effects.engine.dispose()


@pytest.fixture
async def topics(kafka: Kafka) -> None:
    await ensure_topics(kafka.address, catalogue_topics())


async def test_a_broker_ended_by_force_loses_nothing_and_republishing_repeats_no_effect(
    kafka: Kafka, topics: None, database_url: str, engine: AsyncEngine, clock: FixedClock, effects: Effects
) -> None:
    """INVARIANT: what was committed while the broker died is applied once when it is back, in order.

    What breaks it: a producer that is used again after an indefinite error, a consumer that waits for a client that is
    stuck, or a repeated event with another id.
    """
    payroll = Works("payroll", engine, clock)
    handlers = Handlers("assignments")
    handlers.on(WorkstreamChanged)(effects.apply)
    broker = KafkaBroker(kafka.address)
    delivery = Delivery(Works("assignments", engine, clock), handlers)
    consumer = Consumer(broker, delivery, group="backbone", topics=[TOPIC], instance="0")

    async def say(*versions: int) -> None:
        for version in versions:
            async with payroll.begin(system("payroll")) as work:
                work.publish(a_workstream(done=version), version=version)

    async def are_applied(count: int) -> bool:
        return list(await effects.of()) == list(range(1, count + 1))

    async with asyncio.timeout(60), running(Relay("payroll", database_url, broker).run, consumer.run):
        await say(1, 2)
        await eventually(lambda: are_applied(2))
        deaths = kafka.child.deaths
        assert kafka.child.pid
        os.kill(kafka.child.pid, signal.SIGKILL)
        await say(3, 4, 5)
        await eventually(lambda: are_applied(5))
        assert kafka.child.deaths == deaths + 1

    settings = ServiceSettings(database_url=database_url, kafka_bootstrap_servers=kafka.address)
    service = Service(
        name="payroll", version="1", settings=settings, handlers=Handlers("payroll"), routers=(), policy={}
    )
    run = CliRunner().invoke
    for options, count in (
        (["--since", "2199-01-01"], 0),
        (["--since", "2026-01-01"], 5),
        (["--for", "assignments"], 5),
    ):
        ran = await asyncio.to_thread(run, commands(lambda: service), ["republish", *options])
        assert (ran.exit_code, ran.output) == (0, f"{count} events sent again\n"), ran.exception
    async with asyncio.timeout(30):
        member = await broker.subscribe(group="backbone", topics=[TOPIC], instance="0", on_revoke=nothing_in_hand)
        repeated: list[Record] = []
        while len(repeated) < 10:
            fetched = await member.fetch(limit=100, wait_ms=200)
            repeated += [record for record in fetched if "ce_replay" in dict(record.headers)]
        await member.close()
    assert [dict(record.headers)["ce_replay"] for record in repeated] == [b"all"] * 5 + [b"assignments"] * 5
    await delivery.deliver(repeated)
    assert (await are_applied(5), await effects.waiting()) == (True, [])
