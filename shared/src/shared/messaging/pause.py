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


async def until_woken(woken: asyncio.Event, stop: asyncio.Event, *, seconds: float) -> None:
    """Returns when `woken` or `stop` is set, or after this time."""
    waiting = {asyncio.create_task(woken.wait()), asyncio.create_task(stop.wait())}
    try:
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in waiting:
            task.cancel()


def backoff(first_seconds: float = 0.1, most_seconds: float = 5) -> Iterator[float]:
    """Ever longer waits, doubling up to the most."""
    wait = first_seconds
    while True:
        yield wait
        wait = min(wait * 2, most_seconds)
