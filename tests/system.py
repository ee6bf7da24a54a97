"""The whole of Firstshift for a test: real processes, PostgreSQL and Kafka, on free ports, in a folder of its own."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import asyncpg
import httpx

from firstshift.home import Home, read_json
from firstshift.postgres import database_url
from firstshift.running import SERVERS
from firstshift.services import base_url
from firstshift.token_source import Tokens
from firstshift.tokens import sign_token
from shared.ids import new_uuid

T = TypeVar("T")
ROOT = Path(__file__).parent.parent
FIRSTSHIFT = str(Path(sys.executable).with_name("firstshift"))
START_SECONDS = 180  # the first start downloads Kafka
STOP_SECONDS = 40
CALL_SECONDS = 10


@dataclass(frozen=True)
class System:
    """A running system: who calls it, where its parts are, and what its databases hold."""

    home: Home
    process: "subprocess.Popen[bytes]"

    @property
    def parts(self) -> dict[str, dict[str, Any]]:
        """The running parts with pid and port, by name."""
        parts: dict[str, dict[str, Any]] = read_json(self.home.state)["parts"]
        return parts

    @property
    def urls(self) -> dict[str, str]:
        """The services' addresses."""
        return {name: base_url(part["port"]) for name, part in self.parts.items() if name not in SERVERS}

    @property
    def tokens(self) -> Tokens:
        """Where tokens come from: identity, or in test mode this machine's own issuer."""
        return Tokens(self.home, self.urls, test_mode=self._is_test_mode)

    async def token(self, roles: tuple[str, ...]) -> str:
        """A token of these roles; outside test mode of the account of the one role."""
        if self._is_test_mode:
            return sign_token(self.home, roles=list(roles))
        [role] = roles
        return await self.tokens.of(role)

    @property
    def _is_test_mode(self) -> bool:
        return bool(read_json(self.home.state)["test_mode"])

    def caller(self, *roles: str) -> "Caller":
        """Somebody of these roles."""
        return Caller(self, roles)

    def kill(self, part: str) -> None:
        """kill -9, as a machine or an operator might."""
        os.kill(self.parts[part]["pid"], signal.SIGKILL)

    def command(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """The command line, as an operator uses it."""
        return subprocess.run(
            [FIRSTSHIFT, *arguments],
            cwd=ROOT,
            env={**os.environ, "FIRSTSHIFT_HOME": str(self.home.root), "COLUMNS": "160", "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=120,
        )

    async def rows(self, service: str, statement: str, *values: object) -> list[Any]:
        """What a service's database holds; read-only."""
        url = database_url(self.home, self.parts["postgres"]["port"], service).replace("+asyncpg", "")
        connection = await asyncpg.connect(url)
        try:
            async with connection.transaction(readonly=True):
                return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()


@dataclass(frozen=True)
class Caller:
    """Calls the APIs with a fresh token and a fresh key for every command."""

    system: System
    roles: tuple[str, ...]

    async def get(self, service: str, path: str) -> httpx.Response:
        """A read."""
        return await self._send("GET", service, path)

    async def post(
        self, service: str, path: str, body: Any = None, *, key: str | None = None, version: int | None = None
    ) -> httpx.Response:
        """A command."""
        headers = {"Idempotency-Key": key or str(new_uuid())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return await self._send("POST", service, path, json={} if body is None else body, headers=headers)

    async def put(self, service: str, path: str, body: Any) -> httpx.Response:
        """A replacement."""
        return await self._send("PUT", service, path, json=body)

    async def _send(self, method: str, service: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {await self.system.token(self.roles)}", **options.pop("headers", {})}
        url = f"http://127.0.0.1:{self.system.parts[service]['port']}{path}"
        async with httpx.AsyncClient(timeout=CALL_SECONDS) as client:
            return await client.request(method, url, headers=headers, **options)


@contextmanager
def running_system(*options: str) -> Iterator[System]:
    """`firstshift up` in a folder of its own; stopped, and its folder removed, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-system-"))
    folder.chmod(0o711)
    home = Home(folder / "data")
    log = folder / "up.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [FIRSTSHIFT, "up", "--no-demo", *options],
            cwd=ROOT,
            env={**os.environ, "FIRSTSHIFT_HOME": str(home.root)},
            stdout=output,
            stderr=output,
        )
    try:
        _wait_until_ready(home, process, log)
        yield System(home, process)
    finally:
        _stop(process)
        shutil.rmtree(folder, ignore_errors=True)


async def eventually(look: Callable[[], Awaitable[T]], accept: Callable[[T], bool], *, seconds: float = 30) -> T:
    """What `look` finds once it is acceptable. Fails with what it found last when that takes too long."""
    deadline = time.monotonic() + seconds
    while not accept(found := await look()):
        assert time.monotonic() < deadline, f"still {found!r}"
        await asyncio.sleep(0.05)
    return found


def _wait_until_ready(home: Home, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (home.state.exists() and read_json(home.state)["ready"]):
        assert process.poll() is None, f"firstshift up ended:\n{log.read_text()}"
        assert time.monotonic() < deadline, f"firstshift up is not ready:\n{log.read_text()}"
        time.sleep(0.1)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    finally:
        process.kill()
        process.wait()
