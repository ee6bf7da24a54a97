"""Programs of our own that may die of what they are given: started with nothing, fed a file, always ended."""

import asyncio
import sys
from collections.abc import AsyncIterable
from contextlib import suppress
from dataclasses import dataclass

from shared.errors import Unavailable

READ_BYTES = 64 * 1024


class ProgramUnavailable(Unavailable):
    """A program of ours cannot be started."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a program wrote, and how it ended (0: well)."""

    output: bytes
    code: int


async def start(program: tuple[str, ...]) -> asyncio.subprocess.Process:
    """This interpreter with these arguments, an empty environment and pipes. Raises OSError."""
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    return await asyncio.create_subprocess_exec(
        sys.executable, *program, stdin=pipe, stdout=pipe, stderr=nothing, env={}
    )


async def end(process: asyncio.subprocess.Process) -> None:
    """Ends the program. What it still has said is thrown away: asyncio sees no end before it was read."""
    assert process.stdout
    with suppress(ProcessLookupError):
        process.kill()
    while await process.stdout.read(READ_BYTES):
        pass
    await process.wait()


async def ask(
    program: tuple[str, ...], head: bytes, *, content: AsyncIterable[bytes], most_bytes: int, seconds: int
) -> Told | None:
    """What the program says of the file after the line `head`; None when it did not end in time, or said too much.

    Raises ProgramUnavailable, and what `content` raises.
    """
    try:
        process = await start(program)
    except OSError as error:
        raise ProgramUnavailable(f"no program can be started: {error.strerror}") from None
    try:
        async with asyncio.timeout(seconds):
            output = await _told(process, head, content=content, most_bytes=most_bytes)
            return Told(output=output, code=await process.wait()) if len(output) < most_bytes else None
    except TimeoutError:
        return None
    finally:
        await end(process)


async def _told(
    process: asyncio.subprocess.Process, head: bytes, *, content: AsyncIterable[bytes], most_bytes: int
) -> bytes:
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
    told = bytearray()
    while len(told) < most_bytes and (part := await process.stdout.read(READ_BYTES)):
        told += part
    return bytes(told)
