"""A service's commands as real processes: which of them answers the service's routes, and which does its work."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE
from typing import Any

import httpx
import pytest

from shared.testing.running import eventually

SECONDS = 40
SERVICE = """
from fastapi import APIRouter

from shared.http.access import public
from shared.messaging.handlers import Handlers
from shared.runtime.cli import commands
from shared.runtime.definition import Service
from shared.runtime.jobs import Jobs
from shared.runtime.settings import ServiceSettings

router = APIRouter(dependencies=[public("holds nothing")])
jobs = Jobs()

@router.get("/v1/door")
async def door() -> None: ...

@jobs.every(seconds=3600)
async def sweep(work):
    print("swept", flush=True)
    return 0

def make():
    return Service(name="assignments", version="1", settings=ServiceSettings(), handlers=Handlers("assignments"),
                   routers=(router,), policy={}, jobs=jobs)

commands("assignments", make=make)()
"""
NOWHERE = "127.0.0.1:1"


@pytest.mark.parametrize(
    ("role", "door", "does_its_work"), [("serve", 200, True), ("api", 200, False), ("worker", 404, True)]
)
async def test_each_role_answers_its_operators_and_ends_when_told(
    environment: dict[str, Any], role: str, door: int, does_its_work: bool
) -> None:
    """The broker is away: neither being ready nor the jobs need it."""
    port = _free_port()
    said = {name.upper(): value for name, value in environment.items()}
    env = {**os.environ, **said, "PORT": str(port), "KAFKA_BOOTSTRAP_SERVERS": NOWHERE}
    process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", SERVICE, role, env=env, stdout=PIPE)
    assert process.stdout
    try:
        async with asyncio.timeout(SECONDS), httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            await eventually(lambda: _is_ready(client), seconds=SECONDS)
            answers = [(await client.get(path)).status_code for path in ("/metrics", "/v1/backlog", "/v1/door")]
            process.send_signal(signal.SIGTERM)
            told = (await process.stdout.read()).splitlines()
            assert await process.wait() == -signal.SIGTERM
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert answers == [200, 401, door]
    assert (b"swept" in told) is does_its_work


async def _is_ready(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/readyz")).status_code == 200
    except httpx.TransportError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
