"""A consumer of payroll's workstreams that writes what it applied into a table, where tests read it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.contracts.workstreams import WorkstreamChanged
from shared.db.work import Work
from shared.errors import NotYetKnown

OBSERVER = "observer"
"""The application name of the connections that tests look through."""


class Defect(Exception):
    """A fault in a handler."""


class Gate:
    """Holds a handler until it is opened; `reached` says that the handler stands before it."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.open = asyncio.Event()

    async def wait(self) -> None:
        """Returns when the gate is open."""
        self.reached.set()
        await self.open.wait()


class Effects:
    """What the handler did, read from the database, and for which assignments it fails or waits."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.defective: set[str] = set()
        self.unavailable: set[str] = set()
        self.offline: set[str] = set()
        self.gates: dict[str, Gate] = {}
        self.on_apply: Callable[[], Awaitable[None]] | None = None

    async def apply(self, work: Work, event: WorkstreamChanged) -> None:
        """The handler."""
        if self.on_apply:
            await self.on_apply()
        if gate := self.gates.get(event.assignment_id):
            await gate.wait()
        await work.session.execute(
            text("INSERT INTO effect (assignment_id, done) VALUES (:a, :d)"),
            {"a": event.assignment_id, "d": event.done},
        )
        if event.assignment_id in self.defective:
            raise Defect
        if event.assignment_id in self.unavailable:
            raise NotYetKnown("the facility has not arrived")
        if event.assignment_id in self.offline:
            raise ConnectionRefusedError("a third party")

    async def of(self, assignment_id: str = "asg_1") -> Sequence[int]:
        """The `done` of each event applied, in order."""
        return await self.column("SELECT done FROM effect WHERE assignment_id = :a ORDER BY n", a=assignment_id)

    async def waiting(self) -> Sequence[str]:
        """Why each parked event waits."""
        return await self.column("SELECT reason FROM parked_event WHERE settled_at IS NULL ORDER BY id")

    async def number_of(self, version: int) -> int:
        """The number of the parked event with this version."""
        (number,) = await self.column("SELECT id FROM parked_event WHERE version = :v", v=version)
        return int(number)

    async def send_again(self) -> None:
        """Has failed events tried again, as an operator would."""
        await self.change("UPDATE parked_event SET retry_at = now() WHERE reason = 'failed'")

    async def make_due(self) -> None:
        """Lets the time pass that parked events wait for."""
        await self.change("UPDATE parked_event SET retry_at = now() WHERE retry_at IS NOT NULL")

    async def lose_connections(self) -> None:
        """Ends every connection to this database but the observer's own."""
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND application_name <> :observer"
                ),
                {"observer": OBSERVER},
            )

    async def change(self, statement: str) -> None:
        """Runs a statement."""
        async with self.engine.begin() as connection:
            await connection.execute(text(statement))

    async def column(self, statement: str, **values: object) -> Sequence[Any]:
        """The first column of what the statement finds."""
        async with self.engine.connect() as connection:
            return list(await connection.scalars(text(statement), values))
