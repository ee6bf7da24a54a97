"""An open loop: calls begin when they are due, however slow the ones before are, and their time counts from then on.

A closed loop would send less whenever the system is slow, and so hide its worst answers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from time import monotonic
from typing import TypeVar

T = TypeVar("T")

LEAD_SECONDS = 0.05


def due_times(*, per_second: float, seconds: float, start: float) -> Iterator[float]:
    """When each call is due: evenly, the first at `start`, the last before `start + seconds`."""
    return (start + number / per_second for number in range(round(per_second * seconds)))


async def run_open_loop(
    act: Callable[[int, float], Awaitable[T]],
    *,
    per_second: float,
    seconds: float,
    until: asyncio.Event | None = None,
) -> Sequence[T]:
    """Begins `act(number, due)` when each is due, waits for all, and returns what they returned, in order.

    It ends early once `until` is set. `due` is in seconds of the monotonic clock, which all processes of a machine
    share.
    """
    calls = []
    for number, due in enumerate(due_times(per_second=per_second, seconds=seconds, start=monotonic() + LEAD_SECONDS)):
        await asyncio.sleep(max(due - monotonic(), 0))
        if until and until.is_set():
            break
        calls.append(asyncio.ensure_future(act(number, due)))
    return await asyncio.gather(*calls)
