"""A consumer of payroll's workstream that writes what it applied into a table."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.work import Work, Works
from shared.errors import NotYetKnown
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.repairs import Repairs


class Defect(Exception):
    """A fault in a handler."""


class Effects:
    """What the handler did, read from the database, and which assignments it fails for."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.defective: set[str] = set()
        self.unavailable: set[str] = set()
        self.on_apply: Callable[[], Awaitable[None]] | None = None

    async def apply(self, work: Work, event: WorkstreamChanged) -> None:
        if self.on_apply:
            await self.on_apply()
        await work.session.execute(
            text("INSERT INTO effect (assignment_id, done) VALUES (:a, :d)"),
            {"a": event.assignment_id, "d": event.done},
        )
        if event.assignment_id in self.defective:
            raise Defect
        if event.assignment_id in self.unavailable:
            raise NotYetKnown("the facility has not arrived")

    async def of(self, assignment_id: str = "asg_1") -> list[int]:
        return await self._column("SELECT done FROM effect WHERE assignment_id = :a ORDER BY n", a=assignment_id)

    async def waiting(self) -> list[str]:
        return await self._column("SELECT reason FROM parked_event WHERE settled_at IS NULL ORDER BY id")

    async def send_again(self) -> None:
        await self._change("UPDATE parked_event SET retry_at = now() WHERE reason = 'failed'")

    async def make_due(self) -> None:
        await self._change("UPDATE parked_event SET retry_at = now() WHERE retry_at IS NOT NULL")

    async def lose_connections(self) -> None:
        async with self.engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    async def _change(self, statement: str) -> None:
        async with self.engine.begin() as connection:
            await connection.execute(text(statement))

    async def _column(self, statement: str, **values: object) -> list:
        async with self.engine.connect() as connection:
            return list(await connection.scalars(text(statement), values))


@pytest.fixture
async def effects(engine: AsyncEngine) -> AsyncIterator[Effects]:
    async with engine.begin() as connection:
        await connection.execute(
            text("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, assignment_id text, done int)")
        )
    yield Effects(engine)


@pytest.fixture
def works(engine: AsyncEngine, clock: FixedClock) -> Works:
    return Works("assignments", engine, clock)


@pytest.fixture
def handlers(effects: Effects) -> Handlers:
    handlers = Handlers("assignments")
    handlers.on(WorkstreamChanged)(effects.apply)
    return handlers


@pytest.fixture
def delivery(works: Works, handlers: Handlers) -> Delivery:
    return Delivery(works, handlers)


@pytest.fixture
def settle(works: Works, handlers: Handlers) -> Callable[[], Awaitable[None]]:
    """Lets the repairs run until nothing more is due."""

    async def run() -> None:
        repairs = Repairs(works, handlers)
        while await repairs.run_once():
            pass

    return run
