"""Has pages of documents drawn as pictures by a program of its own: nothing of a stranger's acts in a browser."""

import asyncio
import json
from collections.abc import AsyncIterable
from typing import Final

import structlog

from credentialing.clients.program import ask
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

        Raises ProgramUnavailable, and what `content` raises.
        """
        asked = {"media_type": media_type.value, "page": page, "width": width, "seconds": self._seconds}
        head = json.dumps({**asked, "memory_bytes": self._memory_bytes}).encode() + b"\n"
        async with self._slots:
            told = await ask(PROGRAM, head, content=content, most_bytes=MOST_BYTES, seconds=self._seconds)
        if told is None or told.code != 0:
            log.warning("documents.picture_not_drawn", media_type=media_type.value, code=told and told.code)
            return None
        return told.output or None
