"""Background loops in tests: started, stopped, and watched for what becomes true."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SECONDS = 15
LOOK_AGAIN_SECONDS = 0.005


@asynccontextmanager
async def running(
    *loops: Callable[[asyncio.Event], Awaitable[None]], seconds: float = 2 * SECONDS
) -> AsyncIterator[None]:
    """Runs loops that take a stop event, side by side; at the end they must stop by themselves."""
    stop = asyncio.Event()
    async with asyncio.timeout(seconds), asyncio.TaskGroup() as group:
        for loop in loops:
            group.create_task(_run(loop, stop))
        try:
            yield
        finally:
            stop.set()


async def eventually(is_true: Callable[[], Awaitable[bool]], *, seconds: float = SECONDS) -> None:
    """Returns as soon as it is true. Raises TimeoutError when it never becomes so."""
    async with asyncio.timeout(seconds):
        while not await is_true():
            await asyncio.sleep(LOOK_AGAIN_SECONDS)


async def _run(loop: Callable[[asyncio.Event], Awaitable[None]], stop: asyncio.Event) -> None:
    await loop(stop)
