"""A file that is far too large, sent to the portal over a real connection as a browser sends it: all of it first."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

import psutil
import pytest
import uvicorn
from fastapi import FastAPI

from portal import main
from portal.clients.services import Services
from portal.settings import Settings
from services.portal.tests.api.pages import page_of
from services.portal.tests.api.signed_in import token_of
from services.portal.tests.builders import a_client, a_clinician, a_facility, an_offer
from shared.runtime.connection import Connection
from shared.runtime.definition import Service
from shared.runtime.process import Process
from shared.testing.house import House
from shared.testing.running import eventually

MEGABYTE = 1024 * 1024
LIST = "/assignments/asg_1/documents"
BOUNDARY = "------------------------boundary"
GROWTH = 60 * MEGABYTE
CARD = {"code": "CERT-BLS", "name": "Basic Life Support", "is_met": False, "partition": "personnel"}


class Credentialing:
    """A file with one item, and no documents; counts what is sent on to it."""

    def __init__(self) -> None:
        self.sent = 0
        self.app = FastAPI()
        self.app.get("/v1/files")(self._files)
        self.app.get("/v1/files/fil_1")(self._file)
        self.app.get("/v1/clinicians/{clinician_id}/documents")(self._documents)
        self.app.post("/v1/clinicians/{clinician_id}/documents")(self._upload)

    async def _files(self) -> dict[str, Any]:
        return {"items": [{"file_id": "fil_1"}]}

    async def _file(self) -> dict[str, Any]:
        return {"file_id": "fil_1", "items": [CARD]}

    async def _documents(self) -> dict[str, Any]:
        return {"items": []}

    async def _upload(self) -> dict[str, Any]:
        self.sent += 1
        return {}


@pytest.fixture
async def other() -> AsyncIterator[tuple[str, Credentialing]]:
    """A department as it is served: its address, and what it counts."""
    department = Credentialing()
    async for port in served(department.app):
        yield f"http://127.0.0.1:{port}", department


@pytest.fixture
def definition(environment: dict[str, Any], other: tuple[str, Credentialing]) -> Service:
    return main.service(Settings(**environment), services=Services({"credentialing": other[0]}))


@pytest.fixture
async def port(process: Process) -> AsyncIterator[int]:
    """The port of the portal as it is served."""
    async for number in served(process.app(with_worker=False), http=Connection):
        yield number


async def served(app: Any, **options: Any) -> AsyncIterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, ws="none", log_config=None, **options))
        serving = asyncio.create_task(server.serve(sockets=[listening]))

        async def has_begun() -> bool:
            return server.started

        await eventually(has_begun)
        yield int(listening.getsockname()[1])
        server.should_exit = True
        await serving


async def sent_as_by_a_browser(port: int, token: str, *, size: int, is_announced: bool = True) -> tuple[int, str]:
    """Status and page after a form with a file of this size: it is read only when all was sent, or no more could be."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    fields = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in (("idempotency_key", "k" * 20), ("code", "CERT-BLS"), ("partition", ""))
    )
    head = f'{fields}--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\n\r\n'.encode()
    tail = f"\r\n--{BOUNDARY}--\r\n".encode()
    length = len(head) + size + len(tail)
    told = f"Content-Length: {length}" if is_announced else "Transfer-Encoding: chunked"
    lines = (f"POST {LIST} HTTP/1.1", "Host: portal", f"Authorization: Bearer {token}", "Accept: text/html", told)
    kind = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
    writer.write("\r\n".join((*lines, kind, "Connection: close", "", "")).encode())
    part = bytes(MEGABYTE)
    with suppress(ConnectionError):
        for piece in (head, *[part] * (size // MEGABYTE), tail):
            writer.write(piece if is_announced else f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            await writer.drain()
        writer.write(b"" if is_announced else b"0\r\n\r\n")
        await writer.drain()
    answer = (await reader.read()).decode()
    writer.close()
    return int(answer.split(" ", 2)[1]), answer.partition("\r\n\r\n")[2]


class Answered:
    """A page as `page_of` reads it."""

    def __init__(self, text: str) -> None:
        self.text = text


@pytest.mark.parametrize(
    ("case", "size", "is_announced"),
    [
        ("a little too large, as credentialing would say", 26, True),
        ("larger than the form may be", 60, True),
        ("larger, and not announced", 60, False),
        ("far too large", 200, True),
    ],
)
async def test_a_file_that_is_too_large_is_refused_at_its_field(
    port, house: House, issuer, other, case, size, is_announced
):
    """INVARIANT: whoever sends too much is told so where they chose it, and it costs neither memory nor a department.

    What breaks it: answering before the end of what a browser sends, which it then never reads; or passing it on.
    """
    await house.say(a_facility(), a_clinician(), a_client(), an_offer())
    before = psutil.Process().memory_info().rss
    token = token_of(issuer, role="credentialing_specialist")

    status, text = await sent_as_by_a_browser(port, token, size=size * MEGABYTE, is_announced=is_announced)

    page = page_of(Answered(text))  # type: ignore[arg-type]  # as far as it is looked at
    assert status == 422, case
    assert "25 MB are taken" in page.one("p", id="f-file-error").text
    assert page.one("input", id="f-file").get("aria-invalid") == "true"
    assert other[1].sent == 0
    assert psutil.Process().memory_info().rss - before < GROWTH
