"""The publishing side of a world: writers that commit changes with their events, and the outbox the relay reads."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zlib import crc32

from tests.simulation.database import Connection, ConnectionLost, Database, Deadlock
from tests.simulation.world import ABOUT_TO_SEND, IDLE, Machine, World

BEGINNING = datetime(2026, 1, 5, 15, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """Something that changes: its topic, its key, the type of its events and their value by version."""

    topic: str
    key: str
    type: str
    value: Callable[[int], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """A row with the columns that the relay reads."""

    position: int
    id: UUID
    aggregatetype: str
    aggregateid: str
    aggregateversion: int
    type: str
    payload: str | None
    time: datetime
    shard: int
    epoch: int = 1
    actor: str = "system:writer"
    correlationid: str = "corr-1"
    causationid: str | None = None
    assignmentid: str | None = None
    traceparent: str | None = None


class Writers:
    """Commands that change aggregates, several at a time, in transactions that overlap."""

    def __init__(self, world: World, database: Database, aggregates: Sequence[Aggregate]) -> None:
        self.world = world
        self.database = database
        self.aggregates = aggregates

    async def run(self, machine: Machine, *, commands: int) -> None:
        """Tries so many commands one after another; some fail and some give up."""
        for _ in range(commands):
            await asyncio.sleep(self.world.chance.random() * 0.3)
            try:
                await self._command(machine)
            except (ConnectionLost, Deadlock, OSError) as error:
                self.world.note(machine.name, "fails:", type(error).__name__)

    async def _command(self, machine: Machine) -> None:
        chance = self.world.chance
        connection = await self.database.connect(machine)
        try:
            changed = chance.sample(self.aggregates, chance.choice((1, 1, 1, 2)))
            versions = [await self._change(connection, aggregate) for aggregate in changed]
            await connection.ask(lambda: self.publish(connection, dict(zip(changed, versions, strict=True))))
            if chance.random() < 0.1:
                return
            await connection.ask(lambda: self._commit(connection))
        finally:
            connection.end()

    async def _change(self, connection: Connection, aggregate: Aggregate) -> int:
        name = (aggregate.topic, aggregate.key)

        def change() -> int:
            version: int = (connection.read("aggregate", name) or 0) + 1
            connection.write("aggregate", name, version)
            return version

        return await connection.ask(change, locks=lambda: [("aggregate", *name)])

    def publish(self, connection: Connection, versions: "dict[Aggregate, int]") -> None:
        """Writes the events of these versions to the outbox; their positions are taken now, not at the commit."""
        for aggregate, version in versions.items():
            row = self._row(aggregate, version)
            connection.write("outbox", row.position, row)

    def _commit(self, connection: Connection) -> None:
        rows = [row for (table, _), row in connection.writes.items() if table == "outbox"]
        connection.commit()
        self.world.note("committed", *(f"{row.aggregateid} v{row.aggregateversion}" for row in rows))
        self.database.notify()

    def _row(self, aggregate: Aggregate, version: int) -> OutboxRow:
        now = asyncio.get_running_loop().time()
        return OutboxRow(
            position=next(self.database.positions),
            id=UUID(int=self.world.chance.getrandbits(128), version=4),
            aggregatetype=aggregate.topic,
            aggregateid=aggregate.key,
            aggregateversion=version,
            type=aggregate.type,
            payload=aggregate.value(version),
            time=BEGINNING + timedelta(seconds=now),
            shard=crc32(aggregate.key.encode()) % 16,
        )


class SimulatedOutbox:
    """The relay's outbox on the simulated database, as one machine reaches it."""

    def __init__(self, database: Database, machine: Machine) -> None:
        self.database = database
        self.machine = machine

    @asynccontextmanager
    async def open(self, wake: Callable[[], object]) -> AsyncIterator["SimulatedOutboxSession"]:
        """A session; some of its wake-up calls get lost."""
        connection = await self.database.connect(self.machine)
        world = self.database.world

        def wake_mostly() -> None:
            if not connection.is_over and world.chance.random() < 0.8:
                wake()

        self.database.listeners.append(wake_mostly)
        try:
            yield SimulatedOutboxSession(connection)
        finally:
            self.database.listeners.remove(wake_mostly)
            connection.end()

    async def close(self) -> None:
        """Nothing is shared."""


class SimulatedOutboxSession:
    """Each statement is committed by itself."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.machine = connection.machine

    async def lock(self, shards: Sequence[int]) -> Sequence[int]:
        """Those that nobody else has; meanwhile somebody else may take some."""
        take, middle = self.connection.try_session_lock, self.machine.world.chance.randrange(len(shards) + 1)
        taken = [
            await self.connection.ask(lambda some=some: [one for one in some if take(("shard", one))])  # type: ignore[misc]
            for some in (shards[:middle], shards[middle:])
        ]
        return [shard for some in taken for shard in some]

    async def unpublished(self, shards: Sequence[int], *, limit: int) -> Sequence[OutboxRow]:
        """The next rows of these shards that are not marked."""
        wanted = set(shards)

        def look() -> list[OutboxRow]:
            tables = self.connection.database.tables
            marked = tables["published"]
            found = [
                row
                for position, row in sorted(tables["outbox"].items())
                if position not in marked and row.shard in wanted
            ]
            self.machine.reach(ABOUT_TO_SEND if found else IDLE)
            return found[:limit]

        return await self.connection.ask(look)

    async def mark(self, positions: Sequence[int]) -> None:
        """Notes that the broker has them."""

        def note() -> None:
            self.connection.database.tables["published"].update(dict.fromkeys(positions, True))
            self.machine.reach(IDLE)

        await self.connection.ask(note)
