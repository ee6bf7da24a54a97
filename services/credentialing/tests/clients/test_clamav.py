"""The virus scanner, spoken to over a real connection by the protocol that clamd speaks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from credentialing.clients.clamav import ClamAV, ScannerUnavailable

KNOWN = b"something that a scanner knows"
Answer = Callable[[bytes], bytes]
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Clamd:
    """Reads INSTREAM as clamd does, and keeps what it was sent."""

    def __init__(self, answer: Answer | None = None) -> None:
        self.files: list[bytes] = []
        self._answer = answer or (lambda file: b"stream: Eicar-Signature FOUND" if KNOWN in file else b"stream: OK")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        file = b""
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            file += await reader.readexactly(length)
        self.files.append(file)
        writer.write(self._answer(file) + b"\0")
        await writer.drain()
        writer.close()


@asynccontextmanager
async def listening(serve: Serve) -> AsyncIterator[str]:
    """The address of a server on a free port."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def parts(*contents: bytes) -> AsyncIterator[bytes]:
    for content in contents:
        yield content


async def test_a_clean_file_is_clean_and_arrives_whole():
    clamd = Clamd()
    async with listening(clamd.serve) as address:
        assert await ClamAV(address).is_clean(parts(b"a", b"", b"bc" * 100_000))
    assert clamd.files == [b"a" + b"bc" * 100_000]


async def test_what_the_scanner_knows_is_not_clean():
    async with listening(Clamd().serve) as address:
        assert not await ClamAV(address).is_clean(parts(b"before ", KNOWN[:9], KNOWN[9:]))


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR", b"", b"stream: OK, perhaps", b"UNKNOWN COMMAND", b"stream: \xff ERROR"],
)
async def test_any_other_answer_says_nothing_about_the_file(answer):
    """INVARIANT: only a scanner that says so makes a file clean.

    What breaks it: taking every answer without FOUND for a good one.
    """
    async with listening(Clamd(lambda file: answer).serve) as address:
        with pytest.raises(ScannerUnavailable):
            await ClamAV(address).is_clean(parts(b"a"))


async def test_a_scanner_that_hangs_up_half_way_has_not_scanned():
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(10)
        writer.transport.abort()

    async with listening(hang_up) as address:
        with pytest.raises(ScannerUnavailable):
            await ClamAV(address).is_clean(parts(*[bytes(65_536)] * 200))


async def test_a_scanner_that_never_answers_is_not_waited_for():
    over = asyncio.Event()

    async def keep_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await over.wait()
        writer.close()

    async with listening(keep_silent) as address:
        with pytest.raises(ScannerUnavailable):
            await ClamAV(address, seconds=0.05).is_clean(parts(b"a"))
        over.set()


async def test_a_scanner_that_is_not_there_is_unavailable():
    async with listening(Clamd().serve) as address:
        pass
    with pytest.raises(ScannerUnavailable):
        await ClamAV(address).is_clean(parts(b"a"))


@pytest.mark.parametrize("address", ["clamd", ":3310", "clamd:", "clamd:port"])
def test_an_address_is_host_and_port(address):
    with pytest.raises(ValueError, match="host:port"):
        ClamAV(address)
