"""Fixtures for every test: a PostgreSQL server, a fresh migrated database, a memory broker, a fixed clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.migrate import migrate
from shared.db.work import Works
from shared.messaging.handlers import Handlers
from shared.messaging.memory import MemoryBroker
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer, make_issuer
from shared.testing.garbage import collect_quietly
from shared.testing.house import House
from shared.testing.postgres import postgres_server
from shared.vault.keys import make_key_file

_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a server of this test process, without a database."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def templates(postgres: str) -> Callable[[str | None], str]:
    """Gives the name of a service's migrated, empty template database, made on first use."""
    made: set[str] = set()

    def template(service: str | None) -> str:
        name = f"template_{service or 'mechanism'}"
        if name not in made:
            asyncio.run(_execute(postgres, f"CREATE DATABASE {name}"))
            migrate(f"{postgres}/{name}", service)
            made.add(name)
        return name

    return template


@pytest.fixture
def service() -> str | None:
    """The service whose database a test gets, named in its conftest. None: the mechanism's tables only."""
    return None


@pytest.fixture
def database_template(templates: Callable[[str | None], str], service: str | None) -> str:
    """The template for this test's database."""
    return templates(service)


@pytest.fixture
async def database_url(postgres: str, database_template: str) -> AsyncIterator[str]:
    """A fresh database with every table, dropped afterwards."""
    name = f"test_{next(_numbers)}"
    await _execute(postgres, f"CREATE DATABASE {name} TEMPLATE {database_template} STRATEGY FILE_COPY")
    yield f"{postgres}/{name}"
    await _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the fresh database."""
    engine = make_engine(database_url, application_name="tests")
    yield engine
    await engine.dispose()


@pytest.fixture(scope="module")
def collected() -> Iterator[None]:
    """For modules whose broker dies: aiokafka leaves connections behind, which no later test shall be blamed for."""
    yield
    collect_quietly()


@pytest.fixture
def clock() -> FixedClock:
    """Monday, 5 January 2026, 15:00 UTC."""
    return FixedClock(datetime(2026, 1, 5, 15, tzinfo=UTC))


@pytest.fixture
def works(engine: AsyncEngine, clock: FixedClock, service: str | None) -> Works:
    """Opens units of work of the service under test."""
    return Works(service or "assignments", engine, clock)


@pytest.fixture
def handlers() -> Handlers:
    """The consumers of the service under test; each service's conftest gives its own."""
    return Handlers("assignments")


@pytest.fixture
def house(works: Works, handlers: Handlers) -> House:
    """The other services: sends events in, reads what was said."""
    return House(works, handlers)


@pytest.fixture(scope="session")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Issuer:
    """Signs the tokens of this test process."""
    return make_issuer(tmp_path_factory.mktemp("issuer"))


@pytest.fixture(scope="session")
def vault_key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The key file of the vault of the service under test."""
    path = tmp_path_factory.mktemp("vault") / "keys.json"
    make_key_file(path)
    return path


@pytest.fixture
def environment(database_url: str, issuer: Issuer, vault_key_file: Path, tmp_path: Path) -> dict[str, Any]:
    """The settings of the service under test; its conftest makes `definition` from them."""
    return {
        "database_url": database_url,
        "firstshift_issuer_keys": str(issuer.path),
        "vault_keys": str(vault_key_file),
        "files_url": (tmp_path / "files").as_uri(),
        "rate_limit_per_minute": "0",
        "rate_limit_unknown_per_minute": "0",
    }


@pytest.fixture
async def process(definition: Service, broker: MemoryBroker, clock: FixedClock) -> AsyncIterator[Process]:
    """The service under test as a process with a broker in memory, not started."""
    process = Process(definition, broker=broker, clock=clock)
    yield process
    await process.engine.dispose()


@pytest.fixture
async def api(process: Process, issuer: Issuer) -> AsyncIterator[Api]:
    """Calls the API of the service under test."""
    transport = httpx.ASGITransport(app=process.app(with_worker=False))
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield Api(client, issuer)


@pytest.fixture
def broker() -> MemoryBroker:
    """A broker in memory."""
    return MemoryBroker()


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
