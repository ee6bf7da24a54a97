"""A consumer of payroll's workstream that writes what it applied into a table."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.contracts.workstreams import WorkstreamChanged
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from shared.messaging.handlers import Handlers
from shared.messaging.repairs import Repairs
from shared.testing.effects import OBSERVER, Effects


@pytest.fixture
async def effects(database_url: str) -> AsyncIterator[Effects]:
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    await effects.change("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, assignment_id text, done int)")
    yield effects
    await effects.engine.dispose()


@pytest.fixture
def payroll(engine: AsyncEngine, clock: FixedClock) -> Works:
    """The publisher of the workstream; in these tests both services share one database."""
    return Works("payroll", engine, clock)


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
