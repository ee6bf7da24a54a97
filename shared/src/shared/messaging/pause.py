"""Waiting that ends at once when the process is asked to stop."""

import asyncio
from collections.abc import Iterator


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Returns after this time, or when `stop` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        pass


def backoff(first_seconds: float = 0.1, most_seconds: float = 5) -> Iterator[float]:
    """Ever longer waits, doubling up to the most."""
    wait = first_seconds
    while True:
        yield wait
        wait = min(wait * 2, most_seconds)
