"""The portal and identity as two servers on free ports, a database each, and the services' own code in both."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request

from identity import main as identity_main
from identity.api.routes.parts import Parts
from identity.app.queries import published_keys
from identity.app.rotate_keys import rotate_keys
from identity.clients.signing import key_set
from identity.settings import Settings as IdentitySettings
from portal import main as portal_main
from portal.api.pages.doors import Forms
from portal.api.pages.sign_in_parts import RESOURCE as SIGN_IN
from portal.api.pages.sign_in_parts import SignInParts
from portal.settings import Settings as PortalSettings
from shared.clock import FixedClock, SystemClock
from shared.http.access import allow
from shared.http.step_up import require_fresh_sign_in
from shared.messaging.memory import MemoryBroker
from shared.principal import system
from shared.runtime.process import Process
from shared.testing.api import Api, Issuer
from shared.testing.running import eventually
from tests.sign_in.visitor import Visitor

PROBE = APIRouter(include_in_schema=False)


@PROBE.get("/probe", dependencies=[allow("queue.read")])
async def who(request: Request, page: str = "") -> dict[str, str]:
    """A page that people reach once they are signed in."""
    return {"subject": request.scope["firstshift"].principal.subject}


@PROBE.post("/probe", dependencies=[allow("items.take")])
async def change(door: Forms) -> dict[str, bool]:
    """A form of such a page."""

    async def note(work: Any) -> bool:
        work.audit("probe.change", object_id="probe")
        return True

    return {"done": await door.act(note) is True}


@PROBE.get("/probe/careful", dependencies=[allow("queue.read")])
async def careful(request: Request) -> dict[str, str]:
    """A page for those who signed in just now."""
    require_fresh_sign_in(request.scope["firstshift"].principal)
    return {"is": "fresh"}


@pytest.fixture
def service() -> str:
    return "portal"


@pytest.fixture
def clock() -> FixedClock:
    """Today: the portal's pages are of this day, as sign-ins are."""
    return FixedClock(SystemClock().now())


@dataclass(frozen=True)
class Ports:
    """Where both are found."""

    portal: int
    identity: int


@pytest.fixture
def ports() -> Ports:
    return Ports(_free_port(), _free_port())


@dataclass
class Served:
    """One application behind a port, which can be stopped and served again."""

    app: FastAPI
    port: int
    _server: uvicorn.Server | None = None
    _task: "asyncio.Task[None] | None" = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        config = uvicorn.Config(self.app, port=self.port, log_config=None, access_log=False, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        self._server.capture_signals = nullcontext  # type: ignore[method-assign, assignment]  # pytest keeps its own
        self._task = asyncio.create_task(self._server.serve())
        await eventually(self._is_up)

    async def stop(self) -> None:
        assert self._server and self._task
        self._server.should_exit = True
        await self._task

    async def _is_up(self) -> bool:
        assert self._server
        return self._server.started


@dataclass
class Place:
    """Both servers, and what tests look into."""

    portal: Served
    identity: Served
    portal_process: Process
    identity_process: Process
    identity_api: Api
    visitors: list[Visitor] = field(default_factory=list)

    async def rows(self, statement: str, *values: object, of: str = "portal") -> list[Any]:
        """What a database holds, or the statement's own result."""
        process = self.portal_process if of == "portal" else self.identity_process
        url = process.engine.url.render_as_string(hide_password=False).replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    def visitor(self) -> Visitor:
        """A browser that was nowhere yet."""
        made = Visitor(httpx.AsyncClient(timeout=20), portal=self.portal.address, identity=self.identity.address)
        self.visitors.append(made)
        return made


@pytest.fixture
async def identity_database(postgres: str, templates: Callable[[str | None], str]) -> AsyncIterator[str]:
    """A fresh database of identity beside the portal's."""
    template = await asyncio.to_thread(templates, "identity")
    name = "identity_of_sign_in"
    await _execute(postgres, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield f"{postgres}/{name}"
    await _execute(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
async def identity(environment: dict[str, Any], identity_database: str, ports: Ports) -> AsyncIterator[Process]:
    """Identity with its first keys, not served yet."""
    settings = IdentitySettings(
        **{**environment, "database_url": identity_database},
        port=ports.identity,
        portal_redirect_uris=(f"http://127.0.0.1:{ports.portal}/signed-in",),
        portal_signed_out_uris=(f"http://127.0.0.1:{ports.portal}/signed-out",),
    )
    process = Process(identity_main.service(settings), broker=MemoryBroker())
    async with process.works.begin(system("identity")) as work:
        await rotate_keys(work, signer=parts_of(process).signer)
    yield process
    await process.engine.dispose()


@pytest.fixture
async def trusting(environment: dict[str, Any], identity: Process, ports: Ports, tmp_path: Path) -> dict[str, Any]:
    """The environment of a portal that people sign in at by this identity."""
    published, sessions = tmp_path / "identity.jwks.json", tmp_path / "sessions.key"
    async with identity.works.begin(system("identity")) as work:
        published.write_text(json.dumps(key_set(await published_keys(work)).as_dict(private=False)))
    sessions.write_text("ab" * 32)
    address = f"http://127.0.0.1:{ports.identity}"
    return {
        **environment,
        "port": ports.portal,
        "identity_url": address,
        "firstshift_issuer": address,
        "firstshift_issuer_keys": str(published),
        "session_key": str(sessions),
    }


@pytest.fixture
async def place(
    trusting: dict[str, Any], identity: Process, issuer: Issuer, ports: Ports, clock: FixedClock
) -> AsyncIterator[Place]:
    """Both, up and ready for the first sign-in."""
    async with a_portal(trusting, clock) as portal:
        front = Served(portal.app(with_worker=False), ports.portal)
        behind = Served(identity.app(with_worker=False), ports.identity)
        transport = httpx.ASGITransport(app=behind.app)
        async with _up(front, behind), httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            place = Place(front, behind, portal, identity, Api(client, issuer, signed_in_minutes_ago=0))
            yield place
            for visitor in place.visitors:
                await visitor.client.aclose()


@asynccontextmanager
async def a_portal(settings: dict[str, Any], clock: FixedClock) -> AsyncIterator[Process]:
    """A process of the portal with the probe pages."""
    definition = portal_main.service(PortalSettings(**settings))
    process = Process(replace(definition, routers=(*definition.routers, PROBE)), broker=MemoryBroker(), clock=clock)
    yield process
    sign_in = definition.resources[SIGN_IN]
    assert isinstance(sign_in, SignInParts)
    await sign_in.identity.client.aclose()
    await process.engine.dispose()


def parts_of(identity: Process) -> Parts:
    """What identity is made of."""
    parts = identity.service.resources["identity"]
    assert isinstance(parts, Parts)
    return parts


@asynccontextmanager
async def _up(*served: Served) -> AsyncIterator[None]:
    for one in served:
        await one.start()
    try:
        yield
    finally:
        for one in served:
            await one.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", "") + "/postgres")
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
