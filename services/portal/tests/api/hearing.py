"""A browser's end of the stream: the portal served over real HTTP, and its events read one by one."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from portal.api.pages.live import RESOURCE
from services.portal.tests.api.signed_in import token_of
from shared.runtime.connection import Connection
from shared.runtime.process import Process
from shared.testing.api import Issuer
from shared.testing.running import eventually

SECONDS = 15


@dataclass
class Ear:
    """Events as they come; beats and the wish about trying again are passed over."""

    lines: AsyncIterator[str]
    missed: list[tuple[str, list[str], list[str]]] = field(default_factory=list)
    """What came before the line stood: the kind, and the ids of items and of assignments."""

    async def catch_up(self) -> None:
        """Hears all that was missed: the services are told after it."""
        while (said := await self.next())[0] != "services":
            kind, data = said
            if kind == "present":
                continue
            self.missed.append((kind, data.get("items", []), data.get("assignments", [])))

    async def next(self, *kinds: str) -> Any:
        """The kind and the data of the next event, of one of these kinds where any are named."""
        async with asyncio.timeout(SECONDS):
            while True:
                said = await self._block()
                kind = said.get("event", "beat")
                if kind != "beat" and (not kinds or kind in kinds):
                    return kind, json.loads(said["data"])

    async def _block(self) -> dict[str, str]:
        said: dict[str, str] = {}
        async for line in self.lines:
            if not line:
                return said
            name, _, value = line.partition(": ")
            said[name] = value
        raise EOFError


@dataclass
class Town:
    """The portal, and whoever listens to it."""

    address: str
    issuer: Issuer
    process: Process
    app: FastAPI

    def token(self, role: str = "coordinator", *, person: str = "per_1", seconds: int = 300, **claims: Any) -> str:
        """An access token of somebody, bounded as the claims say."""
        return token_of(self.issuer, role=role, person=person, exp=int(time.time()) + seconds, **claims)

    @asynccontextmanager
    async def hear(self, query: str = "", *, token: str | None = None) -> AsyncIterator[Ear]:
        """An open page, whose line stands."""
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        async with (
            httpx.AsyncClient(base_url=self.address, timeout=SECONDS) as client,
            client.stream("GET", f"/live{query}", headers=headers) as answer,
        ):
            assert answer.status_code == 200, answer.status_code
            ear = Ear(answer.aiter_lines())
            await ear.catch_up()
            yield ear

    async def get(self, path: str, *, token: str | None = None, **headers: str) -> httpx.Response:
        """One answer."""
        every = {"Authorization": f"Bearer {token or self.token()}", **headers}
        async with httpx.AsyncClient(base_url=self.address, timeout=SECONDS) as client:
            return await client.get(path, headers=every)


@asynccontextmanager
async def served(process: Process, issuer: Issuer) -> AsyncIterator[Town]:
    """The process's API on a free port, ended as its server ends it."""
    app = process.app(with_worker=False)
    config = uvicorn.Config(app, port=0, lifespan="off", http=Connection, ws="none", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())

    async def is_up() -> bool:
        return server.started

    await eventually(is_up)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Town(address=f"http://127.0.0.1:{port}", issuer=issuer, process=process, app=app)
    finally:
        app.state.ending.set()
        server.should_exit = True
        await serving
        await getattr(app.state, RESOURCE).close()
