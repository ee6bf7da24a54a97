"""The simulated database does what PostgreSQL does: the same tests for both, wherever the backbone relies on them."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from random import Random
from typing import cast
from zlib import crc32

import pytest
from sqlalchemy import insert, text

from shared.clock import FixedClock
from shared.contracts.assignments import AgreementSigned
from shared.db.engine import make_engine
from shared.db.tables import outbox
from shared.db.work import SHARDS, Works
from shared.ids import new_uuid
from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.intake import take_in
from shared.messaging.letter import open_letter
from shared.messaging.outbox import Outbox, OutboxSession, PostgresOutbox
from shared.messaging.repairs import Repairs
from shared.principal import system
from shared.testing.effects import OBSERVER, Effects
from shared.testing.events import an_envelope, recorded
from shared.testing.running import eventually
from tests.simulation.aggregates import AGGREGATES, LOG
from tests.simulation.database import Connection, Database
from tests.simulation.publishing import SimulatedOutbox, Writers
from tests.simulation.session import SimulatedWorks
from tests.simulation.world import NONE, Machine, World

KEY = AGGREGATES[0].key
SHARD = crc32(KEY.encode()) % SHARDS
Parked = Sequence[tuple[int, str, bool]]
"""Version and reason of each parked event, and whether it is settled."""


class Subject(ABC):
    """A database under test."""

    outbox: Outbox
    works: Works

    @abstractmethod
    def publishing(self, version: int) -> AbstractAsyncContextManager[None]:
        """A transaction that has written this version of one aggregate to the outbox and commits at the end."""

    @abstractmethod
    async def is_anybody_waiting(self) -> bool:
        """Whether a transaction waits for another."""

    @abstractmethod
    async def parked(self) -> Parked:
        """What was parked."""

    async def publish(self, *versions: int) -> None:
        """Each in a transaction of its own."""
        for version in versions:
            async with self.publishing(version):
                pass


class OnSimulation(Subject):
    def __init__(self) -> None:
        self.world = World(Random(0), NONE)
        self.database = Database(self.world, "database")
        self.machine = Machine(self.world, "machine")
        self.outbox = SimulatedOutbox(self.database, self.machine)
        self.works = cast(Works, SimulatedWorks("housing", self.database, self.machine))

    @asynccontextmanager
    async def publishing(self, version: int) -> AsyncIterator[None]:
        connection: Connection = await self.database.connect(self.machine)
        writers = Writers(self.world, self.database, AGGREGATES)
        await connection.ask(lambda: writers.publish(connection, {AGGREGATES[0]: version}))
        yield
        await connection.ask(connection.commit)

    async def is_anybody_waiting(self) -> bool:
        return any(connection.waits_for for connection in self.database.connections)

    async def parked(self) -> Parked:
        rows = self.database.tables["parked_event"].values()
        return sorted((row["version"], row["reason"], row["settled_at"] is not None) for row in rows)


class OnPostgres(Subject):
    def __init__(self, url: str, effects: Effects, clock: FixedClock) -> None:
        self.effects = effects
        self.outbox = PostgresOutbox(url)
        self.works = Works("housing", effects.engine, clock)

    @asynccontextmanager
    async def publishing(self, version: int) -> AsyncIterator[None]:
        row = {
            "id": new_uuid(),
            "aggregatetype": LOG,
            "aggregateid": KEY,
            "aggregateversion": version,
            "type": AgreementSigned.event_type,
            "payload": "{}",
            "time": datetime(2026, 1, 5, tzinfo=UTC),
            "actor": "system:writer",
            "correlationid": "corr-1",
            "epoch": 1,
            "shard": SHARD,
        }
        async with self.effects.engine.begin() as connection:
            await connection.execute(insert(outbox), row)
            yield

    async def is_anybody_waiting(self) -> bool:
        return await self.effects.column("SELECT count(*) FROM pg_locks WHERE NOT granted") != [0]

    async def parked(self) -> Parked:
        async with self.effects.engine.connect() as connection:
            rows = await connection.execute(text("SELECT version, reason, settled_at FROM parked_event"))
            return sorted((row.version, row.reason, row.settled_at is not None) for row in rows)


@pytest.fixture(params=["simulation", "postgres"])
async def subject(request: pytest.FixtureRequest, database_url: str, clock: FixedClock) -> AsyncIterator[Subject]:
    if request.param == "simulation":
        yield OnSimulation()
        return
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    subject = OnPostgres(database_url, effects, clock)
    yield subject
    await subject.outbox.close()
    await effects.engine.dispose()


def a_record_of(version: int) -> Record:
    event = AgreementSigned(assignment_id=KEY, terms_version=version, document_sha256="9f" * 32)
    return recorded(an_envelope(event, version=version, topic=LOG))


async def _unpublished(session: OutboxSession) -> list[int]:
    return [row.aggregateversion for row in await session.unpublished([SHARD], limit=10)]


def _nothing() -> None:
    """A wake-up call that nobody needs."""


async def test_rows_come_in_order_until_they_are_marked(subject: Subject) -> None:
    await subject.publish(1, 2, 3)
    async with subject.outbox.open(_nothing) as session:
        (first,) = await session.unpublished([SHARD], limit=1)
        await session.mark([first.position])
        assert await _unpublished(session) == [2, 3]
        assert await session.unpublished([(SHARD + 1) % SHARDS], limit=10) == []


async def test_a_position_is_taken_before_the_commit_makes_its_row_visible(subject: Subject) -> None:
    async with subject.outbox.open(_nothing) as session:
        async with subject.publishing(1):
            await subject.publish(2)
            assert await _unpublished(session) == [2]
        assert await _unpublished(session) == [1, 2]


async def test_a_shard_is_one_sessions_until_that_ends(subject: Subject) -> None:
    async with subject.outbox.open(_nothing) as second:
        async with subject.outbox.open(_nothing) as first:
            assert sorted(await first.lock([3, 4])) == [3, 4]
            assert sorted(await second.lock([3, 4, 5])) == [5]
        assert sorted(await second.lock([3, 4])) == [3, 4]


@pytest.mark.parametrize("is_known", [False, True], ids=["new", "known"])
async def test_a_stream_is_one_transactions_until_that_ends(subject: Subject, is_known: bool) -> None:
    if is_known:
        await Delivery(subject.works, Handlers("housing")).deliver([a_record_of(1)])
    order: list[str] = []

    async def second() -> None:
        async with subject.works.begin(system("housing")) as work:
            await take_in(work.session, [open_letter(a_record_of(3))])
            order.append("second has it")

    async with asyncio.TaskGroup() as group, subject.works.begin(system("housing")) as work:
        await take_in(work.session, [open_letter(a_record_of(2))])
        group.create_task(second())
        await eventually(subject.is_anybody_waiting)
        order.append("first ends")
    assert order == ["first ends", "second has it"]


async def test_what_ends_with_an_exception_never_happened(subject: Subject) -> None:
    letter = open_letter(a_record_of(1))
    with pytest.raises(KeyError):
        async with subject.works.begin(system("housing")) as work:
            await take_in(work.session, [letter])
            raise KeyError
    async with subject.works.begin(system("housing")) as work:
        intake = await take_in(work.session, [letter])
    assert len(intake.fresh) == 1


async def test_an_event_waits_in_a_gap_and_is_settled_when_that_is_filled(subject: Subject) -> None:
    handlers = Handlers("housing")
    delivery, repairs = Delivery(subject.works, handlers), Repairs(subject.works, handlers)
    late = a_record_of(3)
    await delivery.deliver([a_record_of(1), late, late])
    assert (await repairs.run_once(), await subject.parked()) == (0, [(3, "gap", False)])
    await delivery.deliver([a_record_of(2)])
    assert (await repairs.run_once(), await subject.parked()) == (1, [(3, "gap", True)])
