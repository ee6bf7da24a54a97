"""A service that is down for as long as a test wants, though the supervisor would start it again at once."""

import asyncio
import socket
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from firstshift.ports import LOOPBACK
from tests.system import System, eventually

SEAT_SECONDS = 20
BACK_SECONDS = 60


@asynccontextmanager
async def down(system: System, service: str) -> AsyncIterator[None]:
    """Ends the service's process and takes its port, so that its next ones end, too; gives the port back at the end."""
    port = int(system.parts[service]["port"])
    system.kill(service)
    taken = await eventually(lambda: _taken(port), lambda server: server is not None, seconds=SEAT_SECONDS)
    assert taken is not None
    try:
        yield
    finally:
        taken.close()
        await taken.wait_closed()


async def until_back(system: System, service: str) -> None:
    """Waits until the supervisor's next start of it is ready."""

    async def is_ready() -> bool:
        async with httpx.AsyncClient(trust_env=False) as http:
            try:
                return (await http.get(f"{system.urls[service]}/readyz", timeout=2)).status_code == 200
            except (httpx.HTTPError, KeyError):
                return False

    await eventually(is_ready, bool, seconds=BACK_SECONDS)


async def _taken(port: int) -> asyncio.Server | None:
    """A listener that hangs up on everybody; None while the port is not free."""

    async def hang_up(_: StreamReader, writer: StreamWriter) -> None:
        writer.transport.abort()

    seat = socket.socket()
    seat.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        seat.bind((LOOPBACK, port))
        return await asyncio.start_server(hang_up, sock=seat)
    except OSError:
        seat.close()
        return None
