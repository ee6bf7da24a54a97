"""One service process: what it reads before it serves, and what it runs beside the API."""

import asyncio
from dataclasses import replace

from asgi_lifespan import LifespanManager

from shared.contracts.assignments import ClientChanged
from shared.messaging.envelope import to_record
from shared.messaging.memory import MemoryBroker
from shared.principal import system
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.effects import Effects
from shared.testing.events import a_workstream, an_envelope
from shared.testing.running import eventually


async def test_the_epoch_of_a_restored_database_is_told_with_every_event(process: Process, effects: Effects) -> None:
    await effects.change("INSERT INTO mechanism_state VALUES ('epoch', '3')")
    await process.prepare()
    async with process.works.begin(system("assignments")) as work:
        work.publish(ClientChanged(client_id="cli_1", source="", source_reference="", name="Mercy"), version=1)
    assert await effects.column("SELECT epoch FROM outbox") == [3]


async def test_a_new_database_is_in_its_first_epoch(process: Process) -> None:
    await process.prepare()
    assert process.works.epoch == 1


async def test_a_running_service_consumes_and_relays_and_stops_when_told(
    process: Process, broker: MemoryBroker, effects: Effects
) -> None:
    async def is_done() -> bool:
        published = await effects.column("SELECT published_at IS NOT NULL FROM outbox")
        return (list(await effects.of()), list(published)) == ([1], [True])

    async with asyncio.timeout(20), LifespanManager(process.app(with_worker=True)):
        await broker.append([to_record(an_envelope(a_workstream(done=1)))])
        async with process.works.begin(system("assignments")) as work:
            work.publish(ClientChanged(client_id="cli_1", source="", source_reference="", name="Mercy"), version=1)
        await eventually(is_done)
        assert await process.worker.backlog() == 0
    assert await process.worker.backlog() is None


async def test_a_worker_apart_takes_the_events_and_knows_the_backlog_and_its_api_neither(
    definition: Service, process: Process, broker: MemoryBroker, effects: Effects
) -> None:
    async def is_done() -> bool:
        return list(await effects.of()) == [1]

    apart = Process(definition, broker=broker)
    async with asyncio.timeout(20), LifespanManager(process.app(with_worker=False)):
        await broker.append([to_record(an_envelope(a_workstream(done=1)))])
        async with LifespanManager(apart.app(with_api=False, with_worker=True)):
            await eventually(is_done)
            assert (await process.worker.backlog(), await apart.worker.backlog()) == (None, 0)


async def test_a_service_without_its_broker_is_ready(process: Process, broker: MemoryBroker) -> None:
    broker.is_away = True
    assert await process.waiting_for() == ()


async def test_a_service_without_its_database_says_so(definition: Service, broker: MemoryBroker) -> None:
    nowhere = definition.settings.model_copy(update={"database_url": "postgresql+asyncpg://nobody@127.0.0.1:1/none"})
    process = Process(replace(definition, settings=nowhere), broker=broker)
    assert await process.waiting_for() == ("database",)
    await process.engine.dispose()
