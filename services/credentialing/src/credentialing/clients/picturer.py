"""Has pages of documents drawn as pictures by a program of its own: nothing of a stranger's acts in a browser."""

import asyncio
import json
import sys
from collections.abc import AsyncIterable
from contextlib import suppress
from typing import Final

import structlog

from credentialing.clients.inspector import InspectorUnavailable
from credentialing.domain.documents.media import MediaType

log = structlog.get_logger()

PROGRAM: Final = ("-I", "-m", "credentialing.clients.picturing")
SECONDS: Final = 20
MEMORY_BYTES: Final = 1024 * 1024 * 1024
AT_ONCE: Final = 2
MOST_BYTES: Final = 16 * 1024 * 1024


class Picturer:
    """Draws pages, two at a time; more of them wait."""

    def __init__(self, *, seconds: int = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def picture(
        self, content: AsyncIterable[bytes], *, media_type: MediaType, page: int, width: int
    ) -> bytes | None:
        """The page as PNG, counted from 0; None where there is none, or it cannot be drawn within bounds.

        Raises InspectorUnavailable, and what `content` raises.
        """
        asked = {"media_type": media_type.value, "page": page, "width": width, "seconds": self._seconds}
        head = json.dumps({**asked, "memory_bytes": self._memory_bytes}).encode() + b"\n"
        async with self._slots:
            process = await _start()
            try:
                async with asyncio.timeout(self._seconds):
                    drawn = await _drawn(process, head, content)
                    code = await process.wait()
            except TimeoutError:
                log.warning("documents.picture_ended", media_type=media_type.value)
                return None
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if code != 0:
            log.warning("documents.picture_died", media_type=media_type.value, code=code)
        return drawn if code == 0 and drawn else None


async def _start() -> asyncio.subprocess.Process:
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    try:
        return await asyncio.create_subprocess_exec(
            sys.executable, *PROGRAM, stdin=pipe, stdout=pipe, stderr=nothing, env={}
        )
    except OSError as error:
        raise InspectorUnavailable(f"no program can be started: {error.strerror}") from None


async def _drawn(process: asyncio.subprocess.Process, head: bytes, content: AsyncIterable[bytes]) -> bytes:
    """Hands the file over and takes the picture; of one that is too large, nothing."""
    assert process.stdin
    assert process.stdout
    with suppress(ConnectionError):
        process.stdin.write(head)
        async for part in content:
            process.stdin.write(part)
            await process.stdin.drain()
        process.stdin.close()
    drawn = bytearray()
    while part := await process.stdout.read(64 * 1024):
        drawn += part
        if len(drawn) > MOST_BYTES:
            process.kill()
            return b""
    return bytes(drawn)
