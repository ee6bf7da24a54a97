"""The loop keeps what asyncio promises, and the same seed gives the same run."""

import asyncio
import time
from collections.abc import Coroutine
from contextlib import suppress
from random import Random
from typing import Any, TypeVar

import pytest

from tests.simulation.loop import Stuck, seeded_loop

T = TypeVar("T")


def run(main: Coroutine[Any, Any, T], *, seed: int = 0) -> T:
    loop = seeded_loop(Random(seed))
    try:
        return loop.run_until_complete(main)
    finally:
        loop.close()


def test_time_passes_only_while_nothing_else_can_happen() -> None:
    async def main() -> float:
        await asyncio.sleep(86_400)
        return asyncio.get_running_loop().time()

    before = time.process_time()
    assert run(main()) == 86_400
    assert time.process_time() - before < 86_400


def test_sleepers_wake_in_the_order_of_their_times() -> None:
    woken: list[float] = []

    async def sleep(seconds: float) -> None:
        await asyncio.sleep(seconds)
        woken.append(seconds)

    async def main() -> None:
        await asyncio.gather(*(sleep(seconds) for seconds in (3, 1, 2.5, 0.5)))

    run(main())
    assert woken == [0.5, 1, 2.5, 3]


def _order(seed: int) -> list[int]:
    ran: list[int] = []

    async def one(number: int) -> None:
        for _ in range(3):
            ran.append(number)
            await asyncio.sleep(0)

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(4):
                group.create_task(one(number))

    run(main(), seed=seed)
    return ran


def test_chance_picks_among_what_is_ready_and_a_seed_repeats_it() -> None:
    assert _order(7) == _order(7)
    assert len({tuple(_order(seed)) for seed in range(20)}) > 10


def test_a_timeout_ends_what_takes_too_long() -> None:
    async def main() -> float:
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await asyncio.Event().wait()
        return asyncio.get_running_loop().time()

    assert run(main()) == 5


def test_a_timeout_lets_pass_what_is_done_in_time() -> None:
    async def main() -> str:
        async with asyncio.timeout(5):
            await asyncio.sleep(4)
        return "done"

    assert run(main()) == "done"


def test_a_failure_cancels_the_rest_of_its_group() -> None:
    ended: list[str] = []

    async def fail() -> None:
        await asyncio.sleep(1)
        raise KeyError

    async def wait() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("cancelled")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            group.create_task(wait())

    with pytest.raises(ExceptionGroup):
        run(main())
    assert ended == ["cancelled"]


def test_conditions_and_locks_work() -> None:
    async def main() -> list[int]:
        condition, box = asyncio.Condition(), list[int]()

        async def take() -> list[int]:
            async with condition:
                await condition.wait_for(lambda: len(box) == 3)
                return box

        taker = asyncio.create_task(take())
        for number in range(3):
            await asyncio.sleep(1)
            async with condition:
                box.append(number)
                condition.notify_all()
        return await taker

    assert run(main()) == [0, 1, 2]


def test_waiting_for_what_never_comes_is_said() -> None:
    async def main() -> None:
        await asyncio.Event().wait()

    with pytest.raises(Stuck):
        run(main())


def test_an_error_in_a_callback_is_kept() -> None:
    loop = seeded_loop(Random(0))

    async def main() -> None:
        asyncio.get_running_loop().call_soon(lambda: 1 // 0)
        await asyncio.sleep(1)

    loop.run_until_complete(main())
    assert [type(fault["exception"]) for fault in loop.faults] == [ZeroDivisionError]


def test_the_machine_is_out_of_reach() -> None:
    async def main() -> None:
        await asyncio.open_connection("127.0.0.1", 1)

    with pytest.raises(NotImplementedError):
        run(main())
