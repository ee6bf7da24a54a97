"""A service of nothing but the mechanism."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.contracts.workstreams import WorkstreamChanged
from shared.db.engine import make_engine
from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service
from shared.runtime.settings import ServiceSettings
from shared.testing.effects import OBSERVER, Effects


@pytest.fixture
async def effects(database_url: str) -> AsyncIterator[Effects]:
    effects = Effects(make_engine(database_url, application_name=OBSERVER))
    await effects.change("CREATE TABLE effect (n bigint GENERATED ALWAYS AS IDENTITY, assignment_id text, done int)")
    yield effects
    await effects.engine.dispose()


@pytest.fixture
def handlers(effects: Effects) -> Handlers:
    handlers = Handlers("assignments")
    handlers.on(WorkstreamChanged)(effects.apply)
    return handlers


@pytest.fixture
def definition(environment: dict[str, Any], handlers: Handlers) -> Service:
    return Service(
        name="assignments",
        version="1.2.3",
        settings=ServiceSettings(**environment),
        handlers=handlers,
        routers=(),
        policy={},
    )
