"""Has a file looked into by a program of its own, within time and memory, while this one goes on serving."""

import asyncio
import json
import sys
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import asdict
from typing import Final

import structlog
from pydantic import TypeAdapter, ValidationError

from credentialing.domain.documents.inspection import Bounds, Fault, Inspection
from credentialing.domain.documents.media import MediaType
from shared.errors import Unavailable

log = structlog.get_logger()

PROGRAM: Final = ("-I", "-m", "credentialing.clients.inspection")
SECONDS: Final = 20
MEMORY_BYTES: Final = 1024 * 1024 * 1024
AT_ONCE: Final = 2
MOST_TOLD: Final = 64 * 1024
"""Bytes of an answer; a longer one is no answer of ours."""

_INSPECTION = TypeAdapter(Inspection)


class InspectorUnavailable(Unavailable):
    """The program that looks into files cannot be started."""


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

        Raises InspectorUnavailable, and what `content` raises.
        """
        asked = {"media_type": media_type.value, "bounds": asdict(self.bounds), "seconds": self._seconds}
        head = json.dumps({**asked, "memory_bytes": self._memory_bytes}).encode() + b"\n"
        async with self._slots:
            process = await self._start()
            try:
                async with asyncio.timeout(self._seconds):
                    told = await _tell(process, head, content)
                    code = await process.wait()
            except TimeoutError:
                log.warning("documents.inspection_ended", media_type=media_type.value)
                return Inspection(fault=Fault.TOO_COMPLEX)
            finally:
                await _end(process)
        return _understood(told, code)

    async def _start(self) -> asyncio.subprocess.Process:
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        try:
            return await asyncio.create_subprocess_exec(
                sys.executable, *self._program, stdin=pipe, stdout=pipe, stderr=nothing, env={}
            )
        except OSError as error:
            raise InspectorUnavailable(f"no program can be started: {error.strerror}") from None


async def _tell(process: asyncio.subprocess.Process, head: bytes, content: AsyncIterable[bytes]) -> bytes:
    """Hands the file over and takes the answer; a program that died meanwhile takes no more and answers nothing."""
    assert process.stdin
    assert process.stdout
    try:
        process.stdin.write(head)
        async for part in content:
            process.stdin.write(part)
            await process.stdin.drain()
        process.stdin.close()
    except ConnectionError:
        return b""
    told = b""
    while len(told) < MOST_TOLD and (part := await process.stdout.read(MOST_TOLD)):
        told += part
    return told


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends the program. What it still has said is thrown away: asyncio sees no end before it was read."""
    assert process.stdout
    with suppress(ProcessLookupError):
        process.kill()
    while await process.stdout.read(MOST_TOLD):
        pass
    await process.wait()


def _understood(told: bytes, code: int) -> Inspection:
    """The answer; a file over which the program stumbled (exit code 1) is damaged."""
    if code != 0:
        log.warning("documents.inspection_died", code=code)
        return Inspection(fault=Fault.DAMAGED if code == 1 else Fault.TOO_COMPLEX)
    try:
        return _INSPECTION.validate_json(told)
    except ValidationError:
        return Inspection(fault=Fault.TOO_COMPLEX)
