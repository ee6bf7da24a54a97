"""A good host, a canary, and clients whose every way leads to one of them."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from ssl import SSLContext
from typing import Any

import httpx
import pytest

from shared.clock import SystemClock
from shared.outbound.public import Limits, Outside, public_client
from shared.tests.outbound.corpus import PUBLIC, PUBLIC_V4
from shared.tests.outbound.surroundings import Canary, Host, Roads, Zone, canary, certificates, listening


@pytest.fixture(scope="session")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[SSLContext, SSLContext]:
    hosts = [httpx.URL(address).raw_host.decode() for address in PUBLIC]
    folder: Path = tmp_path_factory.mktemp("tls")
    return certificates(folder, list(dict.fromkeys(hosts)), now=SystemClock().now())


@pytest.fixture
async def bird() -> AsyncIterator[Canary]:
    async with canary() as bird:
        yield bird


@pytest.fixture
async def host(tls: tuple[SSLContext, SSLContext]) -> AsyncIterator[Host]:
    async with listening(Host(), tls[0]) as host:
        yield host


@pytest.fixture
def roads(host: Host, bird: Canary) -> Roads:
    """Two public addresses lead to the good host, every other one to the canary."""
    return Roads({PUBLIC_V4: host.port, "2606:4700:4700::1111": host.port}, otherwise=bird.port)


@pytest.fixture
def zone() -> Zone:
    """Names below example.org lead to a public address, all others to loopback."""
    return Zone({"example.org": [PUBLIC_V4], "www.example.org": [PUBLIC_V4]}, otherwise=["127.0.0.1"])


Open = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def open_client(tls: tuple[SSLContext, SSLContext], bird: Canary) -> AsyncIterator[Open]:
    """Opens public clients that may use the canary's port; they are closed with the test."""
    async with AsyncExitStack() as opened:
        clients: list[httpx.AsyncClient] = []

        def open_one(zone: Zone, roads: Roads, *, ports: Sequence[int] = (), **limits: Any) -> httpx.AsyncClient:
            outside = Outside(resolve=zone.resolve, dialer=roads, tls=tls[1])
            clients.append(public_client(Limits(ports=(443, bird.port, *ports), **limits), outside=outside))
            opened.push_async_callback(clients[-1].aclose)
            return clients[-1]

        yield open_one


@pytest.fixture
def client(open_client: Open, zone: Zone, roads: Roads) -> httpx.AsyncClient:
    return open_client(zone, roads)
