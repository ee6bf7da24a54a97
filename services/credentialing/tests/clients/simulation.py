"""The simulated sources on a free port of loopback, as credentialing meets them."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx
import uvicorn

from firstshift.simulated_sources import Simulation, simulated_sources

TODAY = date(2026, 1, 5)
SECRETS = {"background_vendor": "an-invented-secret", "licence_source": "another-invented-secret"}


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Where they are, and what they were asked."""

    url: str

    async def asked(self) -> list[str]:
        """Every request so far, as `METHOD path`."""
        async with httpx.AsyncClient(trust_env=False) as client:
            noted = (await client.get(f"{self.url}/log")).json()
        return [f"{one['method']} {one['path']}" for one in noted]

    async def tell_news(self, **news: Any) -> list[int]:
        """Has the licence register send us news; the statuses that it got."""
        async with httpx.AsyncClient(trust_env=False) as client:
            statuses: list[int] = (await client.post(f"{self.url}/licences/news", json=news)).json()["statuses"]
        return statuses


@asynccontextmanager
async def simulated(
    *, listeners: Mapping[str, str] | None = None, names: Mapping[str, str] | None = None, **told: Any
) -> AsyncIterator[Simulated]:
    """Serves them until the block ends."""
    simulation = Simulation(today=TODAY, listeners=listeners or {}, names=names or {}, secrets=SECRETS, **told)
    async with served(simulated_sources(simulation)) as url:
        yield Simulated(url=url)


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[str]:
    """Serves an application on a free port; gives its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", ws="none", timeout_graceful_shutdown=2
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            async with asyncio.timeout(15):
                while not server.started:
                    await asyncio.sleep(0.005)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
