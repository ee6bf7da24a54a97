"""One service under test, named by the module's SERVICE, with two assignments that share nothing."""

import logging
from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from typing import Any

import httpx
import pytest
import structlog
from fastapi import FastAPI

from shared.messaging.handlers import Handlers
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer
from tests.access.matrix import Matrix
from tests.access.world import World


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are asked for here; none of them is worth a line."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    yield
    structlog.reset_defaults()


@pytest.fixture
def service(request: pytest.FixtureRequest) -> str:
    name: str = request.module.SERVICE
    return name


@pytest.fixture
def environment(environment: dict[str, Any]) -> dict[str, Any]:
    """The settings without quotas, which would answer in place of what is tried."""
    return {**environment, "rate_limit_per_minute": 0, "rate_limit_unknown_per_minute": 0}


@pytest.fixture
def handlers(service: str) -> Handlers:
    found: Handlers = import_module(f"{service}.consumers").handlers
    return found


@pytest.fixture
def definition(service: str, environment: dict[str, Any]) -> Service:
    settings = import_module(f"{service}.settings").Settings(**environment)
    made: Service = import_module(f"{service}.main").service(settings)
    return made


@pytest.fixture
def app(process: Process) -> FastAPI:
    """The application of the service under test."""
    return process.app(with_worker=False)


@pytest.fixture
async def api(app: FastAPI, issuer: Issuer) -> AsyncIterator[Api]:
    """Calls it."""
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield Api(client, issuer)


@pytest.fixture
def matrix(app: FastAPI, api: Api, world: World) -> Matrix:
    """Every route of the service against every caller."""
    return Matrix(app=app, client=api.client, issuer=api.issuer, world=world)
