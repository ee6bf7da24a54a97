"""A connection over a real socket: heads without end, silence, drips, bodies that stay away, and what is no HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psutil
import pytest
import uvicorn

from shared.guard.limits import BODY_BYTES
from shared.runtime.connection import HEAD_BYTES, Connection
from shared.runtime.definition import Service
from shared.runtime.process import Process

SECONDS = 20
LOOK_SECONDS = 0.2
POST = b"POST /v1/audit:verify HTTP/1.1\r\nHost: service\r\nContent-Type: application/json\r\n"


class Impatient(Connection):
    """Looks often."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, look_seconds=LOOK_SECONDS, **named)


@asynccontextmanager
async def serving(app: Any) -> AsyncIterator[int]:
    config = uvicorn.Config(
        app, port=0, lifespan="off", log_config=None, http=Impatient, ws="none", proxy_headers=False
    )
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(SECONDS):
        while not server.started:
            await asyncio.sleep(0.01)
        try:
            yield server.servers[0].sockets[0].getsockname()[1]
        finally:
            server.should_exit = True
            await task


@pytest.fixture
async def port(definition: Service, process: Process) -> AsyncIterator[int]:
    async with serving(process.app(with_worker=False)) as port:
        yield port


async def told(port: int, *parts: bytes, pause_seconds: float = 0) -> bytes:
    """What is answered before the server closes the connection; the caller never does."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_seconds)
        return await reader.read()
    except ConnectionError:  # it was closed while we still wrote
        return b""
    finally:
        writer.close()


def problem(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"\r\ncontent-type: application/problem+json" in head
    assert b"\r\nx-content-type-options: nosniff" in head
    return int(head.split()[1]), json.loads(body)["code"]


async def test_a_head_without_end_is_refused_before_it_is_whole(port: int) -> None:
    line = b"X-More: " + b"a" * 8000 + b"\r\n"
    answer = await told(port, b"GET /livez HTTP/1.1\r\n", *[line] * (HEAD_BYTES // len(line) + 1))
    assert problem(answer) == (431, "headers_too_large")


@pytest.mark.parametrize("raw", [b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET / HTTP/1.1\r\nA b\r\n\r\n"])
async def test_what_is_no_http_is_answered_as_a_problem(port: int, raw: bytes) -> None:
    assert problem(await told(port, raw)) == (422, "bad_request")


@pytest.mark.parametrize(
    "parts",
    [(), (b"\r\n",) * 3, (b"GET /livez HT",), (b"GET /livez HTTP/1.1\r\n", *[b"X-Drip: 1\r\n"] * 30)],
    ids=["silence", "empty lines", "half a line", "drips"],
)
async def test_a_connection_that_brings_no_request_is_ended(port: int, parts: tuple[bytes, ...]) -> None:
    async with asyncio.timeout(SECONDS):
        assert await told(port, *parts, pause_seconds=LOOK_SECONDS / 10) == b""


async def test_a_refused_body_without_end_is_ended(port: int) -> None:
    """It is refused at once; who still writes is heard out for two looks at most."""
    endless = [b"%x\r\n%s\r\n" % (1000, b" " * 1000)] * 10_000
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    async with asyncio.timeout(SECONDS):
        answer = await told(port, head, *endless, pause_seconds=LOOK_SECONDS / 50)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 401")


async def test_a_request_that_is_being_answered_may_take_its_time() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        await asyncio.sleep(LOOK_SECONDS * 5)
        await send({"type": "http.response.start", "status": 204, "headers": [(b"connection", b"close")]})
        await send({"type": "http.response.body"})

    async with serving(slow) as port:
        assert (await told(port, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")).startswith(b"HTTP/1.1 204 ")


async def test_a_connection_that_goes_on_bringing_requests_stays() -> None:
    async def quick(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body"})

    async with serving(quick) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(30):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert b" 204 " in await reader.readuntil(b"\r\n\r\n")
            await asyncio.sleep(LOOK_SECONDS / 6)
        writer.close()


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 404),
        (b"CONNECT elsewhere.example:443 HTTP/1.1\r\nHost: a\r\n\r\n", 422),
        (b"TRACE /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-Canary: canary\r\n\r\n", 405),
        (POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % (BODY_BYTES + 1), 413),
    ],
)
async def test_odd_requests_are_problems(port: int, raw: bytes, status: int) -> None:
    answer = await told(port, raw)
    assert problem(answer)[0] == status
    assert b"canary" not in answer


async def test_bodies_over_the_limit_leave_no_memory_behind(port: int) -> None:
    """Forty of 4 MiB each would show, were they kept; what one connection may hold does not."""
    body = POST + b"Connection: close\r\nContent-Length: %d\r\n\r\n" % (4 * BODY_BYTES)
    await told(port, body)
    before = psutil.Process().memory_info().rss
    for _ in range(5):
        await asyncio.gather(*(told(port, body, *[b" " * BODY_BYTES] * 4) for _ in range(8)))
    assert psutil.Process().memory_info().rss - before < 40 * BODY_BYTES
