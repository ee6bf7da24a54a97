"""A second credentialing beside the one under test: a database, keys and files of its own, as another agency has."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from credentialing import consumers, main
from credentialing.settings import Settings
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.ids import new_uuid
from shared.messaging.memory import MemoryBroker
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer
from shared.testing.house import House
from shared.vault.keys import make_key_file


@dataclass(frozen=True, kw_only=True)
class AnotherSystem:
    """Its API, its house, and the folder of its files."""

    api: Api
    house: House
    folder: Path

    @property
    def stored(self) -> list[str]:
        """The names of all its files."""
        return sorted(path.name for path in self.folder.rglob("*") if path.is_file())

    async def send(self, path: str, content: Any, *, role: str = "credentialing_specialist") -> httpx.Response:
        """A command whose body is a file."""
        headers = {"Authorization": f"Bearer {self.api.issuer.token(role)}", "Idempotency-Key": str(new_uuid())}
        return await self.api.client.post(path, content=content, headers=headers)


@asynccontextmanager
async def another_system(
    folder: Path, *, server: str, template: str, issuer: Issuer, clock: FixedClock, **settings: Any
) -> AsyncIterator[AnotherSystem]:
    """One of these settings, gone afterwards."""
    name, keys, files = f"test_{folder.name.replace('-', '_')}_other", folder / "keys.json", folder / "files"
    make_key_file(keys)
    await _execute(server, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    environment: dict[str, Any] = {
        "database_url": f"{server}/{name}",
        "firstshift_issuer_keys": str(issuer.path),
        "vault_keys": str(keys),
        "files_url": files.as_uri(),
        "rate_limit_per_minute": "0",
        "rate_limit_unknown_per_minute": "0",
    }
    engine = make_engine(environment["database_url"], application_name="tests")
    process = Process(main.service(Settings(**environment, **settings)), broker=MemoryBroker(), clock=clock)
    transport = httpx.ASGITransport(app=process.app(with_worker=False))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://other") as client:
            house = House(Works("credentialing", engine, clock), consumers.handlers)
            yield AnotherSystem(api=Api(client, issuer), house=house, folder=files)
    finally:
        await process.engine.dispose()
        await engine.dispose()
        await _execute(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
