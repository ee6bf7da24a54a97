"""Units of work on the simulated database: real ones, but for their session."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.driver import Statement
from shared.db.session import Memory
from shared.db.work import Cause, Transaction, Work
from shared.principal import Principal
from tests.simulation import statements
from tests.simulation.database import Connection, ConnectionLost, Database, Deadlock
from tests.simulation.world import DELIVERING, NOT_COMMITTED, Machine

Effect = tuple[str, str, int, UUID]
"""What a handler does: it notes topic, key, version and id of the event it handles."""


class Found(list[Any]):
    """The rows that a statement found."""

    def all(self) -> "Found":
        return self

    def mappings(self) -> list[dict[str, Any]]:
        """Each row as a dictionary."""
        return [vars(row) for row in self]


class SimulatedSession:
    """What a session does for the backbone; its connection is made with the first statement."""

    def __init__(self, database: Database, machine: Machine) -> None:
        self.database = database
        self.machine = machine
        self.memory = Memory()
        self.info = {"memory": self.memory, "fetch": self._fetch}
        self.waiting: list[Effect] = []
        self.is_committed = False
        self._connection: Connection | None = None

    async def execute(self, statement: Any, parameters: Any = None) -> Found:
        """Runs a statement, after what waits was written."""
        await self.flush()
        if not isinstance(statement, Select):
            self.memory.writes += 1
        return await self._run(statement, parameters)

    async def scalars(self, statement: Any, parameters: Any = None) -> Found:
        """The first column of each row: the statements asked so have one."""
        return await self.execute(statement, parameters)

    async def scalar(self, statement: Any, parameters: Any = None) -> Any:
        """The first value, if there is one."""
        return next(iter(await self.execute(statement, parameters)), None)

    async def connection(self) -> Any:
        """What runs a statement without writing first."""
        return SimpleNamespace(execute=self._run)

    async def flush(self) -> None:
        """Writes what waits in memory; it cannot be taken back any more."""
        effects, self.waiting = self.waiting, []
        if effects:
            self.memory.writes += 1
            self.memory.undo.clear()
            await self._write(effects)

    def remember(self, effect: Effect) -> None:
        """Keeps an effect in memory, from where it can be taken back."""
        self.waiting.append(effect)
        self.memory.undo.append(lambda: self.waiting.remove(effect))

    async def write(self, effect: Effect) -> None:
        """Writes an effect at once."""
        await self.flush()
        self.memory.writes += 1
        await self._write([effect])

    async def commit(self) -> None:
        """Ends the transaction. Raises DBAPIError, also when it is committed and nobody said so."""
        if self._connection:
            with _as_driver_errors():
                try:
                    await self._connection.ask(self._commit)
                except ConnectionLost:
                    self.machine.world.seen["a commit was not heard of"] += self.is_committed
                    raise

    def close(self) -> None:
        """What is not committed is rolled back."""
        if self._connection:
            self._connection.end()

    async def _fetch(self, statement: Statement, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        return (await self._run(statement, values)).mappings()

    async def _run(self, statement: Any, parameters: Any = None) -> Found:
        connection = await self._connected()
        with _as_driver_errors():
            return Found(await statements.run(connection, statement, parameters))

    async def _write(self, effects: list[Effect]) -> None:
        connection = await self._connected()

        def insert() -> None:
            for effect in effects:
                connection.write("effect", next(self.database.positions), effect)

        with _as_driver_errors():
            await connection.ask(insert)

    async def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = await self.database.connect(self.machine)
        return self._connection

    def _commit(self) -> None:
        assert self._connection
        effects = [row for (table, _), row in self._connection.writes.items() if table == "effect"]
        self._connection.commit()
        self.is_committed = True
        if effects:
            self.machine.world.note(self.machine.name, "applied", *(f"{e[1]} v{e[2]}" for e in effects))
        if self.machine.stage == DELIVERING:
            self.machine.reach(NOT_COMMITTED)


@contextmanager
def _as_driver_errors() -> Iterator[None]:
    try:
        yield
    except (ConnectionLost, Deadlock) as error:
        is_lost = isinstance(error, ConnectionLost)
        raise DBAPIError("", {}, error, connection_invalidated=is_lost) from error


class SimulatedWorks:
    """Opens units of work of one machine."""

    def __init__(self, service: str, database: Database, machine: Machine) -> None:
        self.service = service
        self.database = database
        self.machine = machine

    @asynccontextmanager
    async def begin(self, principal: Principal) -> AsyncIterator[Work]:
        """A unit of work that commits at the end, unless an exception leaves it."""
        session = SimulatedSession(self.database, self.machine)
        try:
            yield Work(
                transaction=Transaction(cast(AsyncSession, session)),
                service=self.service,
                epoch=1,
                now=statements.now(),
                principal=principal,
                cause=Cause(correlation_id="corr-1"),
            )
            await session.flush()
            await session.commit()
        finally:
            session.close()
