"""What only identity's tests need."""

from dataclasses import replace
from typing import Any

import pytest

from identity import consumers, main
from identity.api.routes.parts import Parts
from identity.app.rotate_keys import rotate_keys
from identity.settings import Settings
from services.identity.tests.api.browser import ISSUER, Browser
from shared.db.work import Works
from shared.messaging.handlers import Handlers
from shared.principal import system
from shared.runtime.definition import Service
from shared.testing.api import Api


@pytest.fixture
def service() -> str:
    return "identity"


@pytest.fixture
def handlers() -> Handlers:
    return consumers.handlers


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment))


@pytest.fixture
def parts(definition: Service) -> Parts:
    """What the service under test is made of."""
    found = definition.resources["identity"]
    assert isinstance(found, Parts)
    return found


@pytest.fixture
async def api(api: Api) -> Api:
    """Everybody signed in just now, as some commands want it."""
    return replace(api, signed_in_minutes_ago=0)


@pytest.fixture
async def keys(works: Works, parts: Parts) -> None:
    """The first signing keys, which the service's job makes."""
    async with works.begin(system("identity")) as work:
        await rotate_keys(work, signer=parts.signer)


@pytest.fixture
async def browser(api: Api, keys: None) -> Browser:
    """A browser that was nowhere yet."""
    return Browser(api.client, ISSUER)
