"""The HTTP server at rest and at its end."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE

import pytest

SECONDS = 20
SERVER = """
import sys, uvicorn
from shared.runtime.server import Server

async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

class Telling(Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)

config = uvicorn.Config(app, port=0, loop=sys.argv[1], lifespan="off", log_config=None)
Telling(config, tick_seconds=3600).run()
"""

ENDLESS = """
import asyncio, uvicorn
from shared.runtime.server import Server

ending = asyncio.Event()

async def app(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    await ending.wait()
    await send({"type": "http.response.body", "body": b"last"})

class Telling(Server):
    async def startup(self, sockets=None):
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)

config = uvicorn.Config(app, port=0, lifespan="off", log_config=None, timeout_graceful_shutdown=60)
Telling(config, ending=ending).run()
"""


async def test_an_answer_without_an_end_hears_that_the_server_ends() -> None:
    """The grace is a minute: only an answer that ends itself lets the server end before the test gives up."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", ENDLESS, stdout=PIPE)
    assert process.stdout
    try:
        async with asyncio.timeout(SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", int(await process.stdout.readline()))
            writer.write(b"GET / HTTP/1.1\r\nHost: service\r\n\r\n")
            await reader.readuntil(b"first")
            process.send_signal(signal.SIGTERM)
            rest = await reader.read()
            writer.close()
            assert await process.wait() == -signal.SIGTERM
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert b"last" in rest


@pytest.mark.parametrize("loop", ["uvloop", "asyncio"])
async def test_a_server_that_rests_answers_at_once_and_ends_when_told(loop: str) -> None:
    """Its next tick is an hour away: it must be the request, and then the signal, that wakes it."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-P", "-c", SERVER, loop, stdout=PIPE)
    assert process.stdout
    try:
        async with asyncio.timeout(SECONDS):
            port = int(await process.stdout.readline())
            answer = await _ask(port)
            process.send_signal(signal.SIGTERM)
            assert await process.wait() == -signal.SIGTERM
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    assert answer.startswith(b"HTTP/1.1 204 No Content\r\n")
    assert b"\r\ndate: " in answer.lower()


async def _ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.1\r\nHost: service\r\nConnection: close\r\n\r\n")
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer
