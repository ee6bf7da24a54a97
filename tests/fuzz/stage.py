"""One service in this process, over real HTTP messages and a database of its own, with things in it to ask about."""

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import asyncpg
import httpx
import structlog
from fastapi import FastAPI

from shared.clock import FixedClock
from shared.db.migrate import migrate
from shared.messaging.memory import MemoryBroker
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer, make_issuer
from shared.testing.house import House
from shared.vault.keys import make_key_file
from tests.access.world import World
from tests.fuzz.worlds import WORLDS, Ground

T = TypeVar("T")
NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
_UNBOUNDED = {"rate_limit_per_minute": 0, "rate_limit_unknown_per_minute": 0}
_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The service, whoever signs for its callers, and the two things of everything that it knows."""

    service: str
    app: FastAPI
    client: httpx.AsyncClient
    issuer: Issuer
    world: World
    loop: asyncio.Runner

    def send(self, request: httpx.Request) -> httpx.Response:
        """The answer to one request; hypothesis knows no coroutines."""
        return self.wait(self.client.send(request))

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """What this comes to, on the one event loop that the service lives on."""
        return self.loop.run(work)


@contextmanager
def stage(service: str, server: str) -> Iterator[Stage]:
    """The service on a fresh database of this PostgreSQL server, dropped afterwards."""
    database = f"fuzz_{service}_{next(_numbers)}"
    with TemporaryDirectory() as folder, asyncio.Runner() as loop:
        loop.run(_execute(server, f"CREATE DATABASE {database}"))
        migrate(f"{server}/{database}", service)
        keys, issuer = Path(folder) / "keys.json", make_issuer(Path(folder))
        make_key_file(keys)
        settings = import_module(f"{service}.settings").Settings(
            database_url=f"{server}/{database}",
            firstshift_issuer_keys=str(issuer.path),
            vault_keys=str(keys),
            files_url=(Path(folder) / "files").as_uri(),
            **_UNBOUNDED,
        )
        definition = import_module(f"{service}.main").service(settings)
        process = Process(definition, broker=MemoryBroker(), clock=FixedClock(NOW))
        app = process.app(with_worker=False)
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://service")
        ground = Ground(
            definition=definition, app=app, api=Api(client, issuer), house=House(process.works, definition.handlers)
        )
        try:
            with structlog.testing.capture_logs():
                world = loop.run(WORLDS[service](ground))
                yield Stage(service=service, app=app, client=client, issuer=issuer, world=world, loop=loop)
        finally:
            loop.run(client.aclose())
            loop.run(process.engine.dispose())
            loop.run(_execute(server, f"DROP DATABASE {database} WITH (FORCE)"))


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
