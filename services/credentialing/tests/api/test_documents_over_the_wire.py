"""A document that is far too large, sent over a real connection to a real server."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
import uvicorn

from credentialing import main
from credentialing.settings import Settings
from services.credentialing.tests.clients.papers import a_pdf, ana
from shared.runtime.connection import Connection
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.api import Issuer
from shared.testing.running import eventually

MOST_BYTES = 2 * 1024 * 1024
OFFERED = 200 * 1024 * 1024
GROWTH = 40 * 1024 * 1024


@pytest.fixture
def definition(environment: dict[str, Any]) -> Service:
    return main.service(Settings(**environment, document_most_bytes=MOST_BYTES))


@pytest.fixture
async def port(process: Process) -> AsyncIterator[int]:
    """The port of the service as it is served."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(process.app(with_worker=False), http=Connection, ws="none", log_config=None)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))

        async def has_begun() -> bool:
            return server.started

        await eventually(has_begun)
        yield int(listening.getsockname()[1])
        server.should_exit = True
        await serving


async def test_of_two_hundred_megabytes_few_are_read_and_none_kept(port: int, issuer: Issuer, house, tmp_path):
    """INVARIANT: what is too large is refused while it comes in, and costs neither memory nor the rest of the line.

    What breaks it: reading on after the answer, as servers do to keep a connection.
    """
    await house.say(ana())
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = (
        "POST /v1/clinicians/cln_ana/documents?partition=personnel HTTP/1.1\r\nHost: service\r\n"
        f"Authorization: Bearer {issuer.token('lead')}\r\nIdempotency-Key: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    writer.write(head.encode())
    before = psutil.Process().memory_info().rss
    sending = asyncio.create_task(_send(writer))
    answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 413")
    assert await sending < OFFERED / 4
    assert psutil.Process().memory_info().rss - before < GROWTH
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


async def _send(writer: asyncio.StreamWriter) -> int:
    """How much could be sent before the connection ended."""
    part, sent = a_pdf() + bytes(1_000_000), 0
    with suppress(ConnectionError):
        while sent < OFFERED:
            writer.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            await writer.drain()
            sent += len(part)
    writer.close()
    return sent
