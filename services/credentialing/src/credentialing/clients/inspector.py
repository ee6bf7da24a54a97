"""Has a file looked into by a program of its own, within time and memory, while this one goes on serving."""

import asyncio
import json
from collections.abc import AsyncIterable
from dataclasses import asdict
from typing import Final

import structlog
from pydantic import TypeAdapter, ValidationError

from credentialing.clients.program import ask
from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType

log = structlog.get_logger()

PROGRAM: Final = ("-I", "-m", "credentialing.clients.inspection")
SECONDS: Final = 20
MEMORY_BYTES: Final = 1024 * 1024 * 1024
AT_ONCE: Final = 2
MOST_TOLD: Final = 64 * 1024
"""Bytes of an answer; a longer one is no answer of ours."""

_INSPECTION = TypeAdapter(Inspection)


class Inspector:
    """Looks into files, two at a time; more of them wait."""

    def __init__(
        self,
        bounds: Bounds,
        *,
        seconds: int = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        self.bounds = bounds
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._program = program
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def inspect(self, content: AsyncIterable[bytes], *, media_type: MediaType) -> Inspection:
        """What is in the file. One over which the program dies, or does not end, is too complex.

        Raises ProgramUnavailable, and what `content` raises.
        """
        asked = {"media_type": media_type.value, "bounds": asdict(self.bounds), "seconds": self._seconds}
        head = json.dumps({**asked, "memory_bytes": self._memory_bytes}).encode() + b"\n"
        async with self._slots:
            told = await ask(self._program, head, content=content, most_bytes=MOST_TOLD, seconds=self._seconds)
        if told is None:
            log.warning("documents.inspection_ended", media_type=media_type.value)
            return Inspection(fault=Fault.TOO_COMPLEX)
        return _understood(told.output, told.code)


def _understood(told: bytes, code: int) -> Inspection:
    """The answer; a file over which the program stumbled (exit code 1) is damaged."""
    if code != 0:
        log.warning("documents.inspection_died", code=code)
        return Inspection(fault=Fault.DAMAGED if code == 1 else Fault.TOO_COMPLEX)
    try:
        return _INSPECTION.validate_json(told)
    except ValidationError:
        return Inspection(fault=Fault.TOO_COMPLEX)
