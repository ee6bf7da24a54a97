"""Each service's application, whole but without its database: what is looked at here is answered without one."""

from collections.abc import AsyncIterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from shared.http.access import public
from shared.messaging.memory import MemoryBroker
from shared.runtime.process import Process
from shared.testing.api import Issuer

SERVICES = sorted(path.parent.name for path in Path(__file__).parents[2].glob("services/*/pyproject.toml"))
NOWHERE = "postgresql+asyncpg://nobody@127.0.0.1:1/nowhere"


@pytest.fixture(params=SERVICES)
def name(request: pytest.FixtureRequest) -> str:
    service: str = request.param
    return service


@pytest.fixture
def rates() -> dict[str, Any]:
    return {"rate_limit_per_minute": "0", "rate_limit_unknown_per_minute": "0"}


@pytest.fixture
async def app(name: str, issuer: Issuer, vault_key_file: Path, rates: dict[str, Any]) -> AsyncIterator[FastAPI]:
    """The service with one route more, which fails."""
    keys = {"firstshift_issuer_keys": str(issuer.path), "vault_keys": str(vault_key_file)}
    settings = import_module(f"{name}.settings").Settings(database_url=NOWHERE, **keys, **rates)
    process = Process(import_module(f"{name}.main").service(settings), broker=MemoryBroker())
    yield process.app(with_worker=False)
    await process.engine.dispose()


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Calls it over https."""
    failing = APIRouter(dependencies=[public("fails")], include_in_schema=False)

    async def fail() -> None:
        raise RuntimeError("canary")

    failing.add_api_route("/fail", fail, methods=["GET"])
    app.include_router(failing)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="https://service") as client:
        yield client
