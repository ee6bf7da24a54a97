"""Waiting that ends at once when the process is asked to stop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager


async def pause(until: asyncio.Event, seconds: float) -> None:
    """Returns after this time, or when the event is set."""
    try:
        async with asyncio.timeout(seconds):
            await until.wait()
    except TimeoutError:
        pass


@asynccontextmanager
async def waking(woken: asyncio.Event, *, at: asyncio.Event) -> AsyncIterator[None]:
    """While this is open, `at` sets `woken`, too: whoever pauses for the one waits for both, without a task a turn."""

    async def hand_on() -> None:
        await at.wait()
        woken.set()

    task = asyncio.create_task(hand_on())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])  # whoever ends now leaves no task behind


def backoff(first_seconds: float = 0.1, most_seconds: float = 5) -> Iterator[float]:
    """Ever longer waits, doubling up to the most."""
    wait = first_seconds
    while True:
        yield wait
        wait = min(wait * 2, most_seconds)
