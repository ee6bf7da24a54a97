"""One real service process, by itself: API and worker as `firstshift up` would start it, or one of the two."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from firstshift.home import Home
from firstshift.ports import LOOPBACK, give_port
from firstshift.tokens import public_keys
from tests.system import eventually

STOP_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Running:
    """A service that runs: its process, and where it answers."""

    pid: int
    url: str


@contextmanager
def one_service(name: str, home: Home, *, database: str, kafka: str, role: str = "serve") -> Iterator[Running]:
    """Runs it until the end of the block; it is ready then. `role`: `serve`, `api` or `worker`."""
    port = give_port(home, f"{name}-{role}", 0)
    environment = {
        **os.environ,
        "DATABASE_URL": database,
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
        "PORT": str(port),
        "FIRSTSHIFT_ISSUER_KEYS": str(public_keys(home)),
    }
    with (home.logs / f"{name}-{role}.log").open("ab") as log:
        process = subprocess.Popen([sys.executable, "-P", "-m", name, role], env=environment, stdout=log, stderr=log)
    running = Running(process.pid, f"http://{LOOPBACK}:{port}")
    try:
        asyncio.run(eventually(lambda: _is_ready(running.url), bool))
        yield running
        process.terminate()
        process.wait(STOP_SECONDS)
    finally:
        process.kill()
        process.wait()


async def _is_ready(url: str) -> bool:
    async with httpx.AsyncClient() as client:
        try:
            return (await client.get(f"{url}/readyz")).status_code == 200
        except httpx.TransportError:
            return False
