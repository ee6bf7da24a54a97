"""Calls begin when they are due."""

import asyncio
from time import monotonic

from tests.load.open_loop import due_times, run_open_loop


def test_calls_are_due_evenly_from_the_start() -> None:
    assert list(due_times(per_second=50, seconds=0.1, start=10)) == [10, 10.02, 10.04, 10.06, 10.08]


async def test_a_slow_call_holds_up_no_later_one() -> None:
    """INVARIANT: the loop is open: what is measured never slows the measuring down.

    What breaks it: awaiting a call before the next begins.
    """
    begun, all_begun = [], asyncio.Event()

    async def act(number: int, _: float) -> int:
        begun.append(number)
        if len(begun) == 5:
            all_begun.set()
        await all_begun.wait()
        return number

    async with asyncio.timeout(10):
        assert await run_open_loop(act, per_second=1000, seconds=0.005) == [0, 1, 2, 3, 4]


async def test_no_call_begins_before_it_is_due() -> None:
    async def act(_: int, due: float) -> bool:
        return monotonic() >= due

    assert all(await run_open_loop(act, per_second=200, seconds=0.05))


async def test_it_ends_when_it_is_told_to() -> None:
    enough = asyncio.Event()

    async def act(number: int, _: float) -> int:
        if number == 2:
            enough.set()
        return number

    async with asyncio.timeout(10):
        numbers = await run_open_loop(act, per_second=100, seconds=3600, until=enough)
    assert numbers[:3] == [0, 1, 2]
