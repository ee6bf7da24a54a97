"""The virus scanner: clamd's INSTREAM, by which a file is sent in pieces and nothing is written anywhere.

    asked      zINSTREAM\\0 | length (4 bytes, big-endian) and piece | … | length 0
    answered   stream: OK\\0, or stream: <name> FOUND\\0

Source: clamd(8), COMMANDS. clamd ends the connection when a file is longer than its StreamMaxLength; that setting is to
be at least the largest document.
"""

from collections.abc import AsyncIterable
from typing import Protocol

import structlog

from shared.errors import Unavailable
from shared.outbound.streams import Stream, internal_stream

log = structlog.get_logger()

SECONDS = 60.0
MOST_TOLD = 4096
_COMMAND, _END = b"zINSTREAM\0", bytes(4)
_OK, _FOUND = "stream: OK", " FOUND"


class ScannerUnavailable(Unavailable):
    """The virus scanner does not answer, or not with an answer of its kind."""


class Scanner(Protocol):
    """Says whether a file is clean."""

    async def is_clean(self, content: AsyncIterable[bytes]) -> bool:
        """Whether nothing was found. Raises ScannerUnavailable, and what `content` raises."""
        ...


class ClamAV:
    """A clamd at an address of the house."""

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        """`address`: `host:port`. Raises ValueError for anything else."""
        host, _, port = address.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError("the address of the virus scanner is to be host:port")
        self._host, self._port, self._seconds = host.strip("[]"), int(port), seconds

    async def is_clean(self, content: AsyncIterable[bytes]) -> bool:
        try:
            async with internal_stream(self._host, self._port, seconds=self._seconds) as stream:
                answer = await _asked(stream, content)
        except (OSError, TimeoutError) as error:
            log.warning("documents.scanner_away", error=type(error).__name__)
            raise ScannerUnavailable("the virus scanner does not answer") from None
        return _understood(answer)


async def _asked(stream: Stream, content: AsyncIterable[bytes]) -> str:
    stream.writer.write(_COMMAND)
    async for piece in content:
        if piece:
            stream.writer.write(len(piece).to_bytes(4, "big") + piece)
            await stream.writer.drain()
    stream.writer.write(_END)
    await stream.writer.drain()
    told = b""
    while not told.endswith(b"\0") and (part := await stream.reader.read(MOST_TOLD)):
        told += part
    return told.rstrip(b"\0\n").decode(errors="replace")


def _understood(answer: str) -> bool:
    """Only the two answers about the file count; a scanner with trouble of its own has not scanned."""
    if answer == _OK:
        return True
    if answer.startswith("stream: ") and answer.endswith(_FOUND):
        log.warning("documents.infected", signature=answer[len("stream: ") : -len(_FOUND)])
        return False
    log.warning("documents.scanner_troubled")
    raise ScannerUnavailable("the virus scanner did not say whether the file is clean")
