"""Jobs run in one replica at a time, and survive their own failures."""

import asyncio

import pytest
from sqlalchemy import text

from shared.db.work import Work, Works
from shared.principal import system
from shared.runtime.jobs import Errand, Job, Jobs, run_once
from shared.runtime.worker import HOUSEKEEPING
from shared.testing.effects import Defect, Effects, Gate
from shared.testing.running import eventually, running


async def mark(work: Work) -> None:
    await work.session.execute(text("INSERT INTO effect (done) VALUES (1)"))


async def test_two_replicas_run_a_job_once_at_a_time(works: Works, effects: Effects) -> None:
    """INVARIANT: a sweep never runs twice at the same time, in whatever replicas.

    What breaks it: a lock that is not held until the sweep's own transaction ends.
    """
    gate = Gate()

    async def sweep(work: Work) -> int:
        await mark(work)
        await gate.wait()
        return 1

    job = Job("sweep", sweep, seconds=1)
    first = asyncio.create_task(run_once(job, works))
    await gate.reached.wait()
    async with asyncio.timeout(10):
        assert await run_once(job, works) == 0
    gate.open.set()
    assert await first == 1
    assert await run_once(job, works) == 1
    assert await effects.column("SELECT count(*) FROM effect") == [2]


async def test_different_jobs_do_not_wait_for_each_other(works: Works, effects: Effects) -> None:
    gate = Gate()

    async def slow(work: Work) -> int:
        await gate.wait()
        return 0

    async def quick(work: Work) -> int:
        await mark(work)
        return 0

    async with running(lambda stop: Jobs([Job("slow", slow, 60), Job("quick", quick, 60)]).run(works, stop)):
        await gate.reached.wait()
        await eventually(is_marked(effects, 1))
        gate.open.set()


async def test_a_job_goes_on_while_it_finds_something_and_then_rests(works: Works, effects: Effects) -> None:
    found = iter([1, 1, 0])

    async def sweep(work: Work) -> int:
        await mark(work)
        return next(found)

    async with running(lambda stop: Jobs([Job("sweep", sweep, 3600)]).run(works, stop)):
        await eventually(is_marked(effects, 3))


async def test_a_job_that_rests_looks_at_once_when_it_is_told_to(works: Works, effects: Effects) -> None:
    async def sweep(work: Work) -> int:
        await mark(work)
        return 0

    jobs = Jobs([Job("sweep", sweep, 3600)])
    async with running(lambda stop: jobs.run(works, stop)):
        for times in (1, 2, 3):
            await eventually(is_marked(effects, times))
            jobs.look_now()
        await eventually(is_marked(effects, 4))


async def test_a_job_that_fails_leaves_nothing_half_done_and_comes_again(works: Works, effects: Effects) -> None:
    faults = iter([True, False])
    jobs = Jobs()

    @jobs.every(seconds=0.01)
    async def sweep(work: Work) -> int:
        await mark(work)
        if next(faults, False):
            raise Defect
        return 0

    async with running(lambda stop: jobs.run(works, stop)):
        await eventually(is_marked(effects, 1))


async def test_running_what_is_due_says_how_much_was_dealt_with(works: Works) -> None:
    async def three(work: Work) -> int:
        return 3

    assert await Jobs([Job("a", three, 1), Job("b", three, 1)]).run_due(works) == 6


@pytest.mark.parametrize("job", HOUSEKEEPING, ids=lambda job: job.name)
async def test_keeping_house_is_done_in_one_turn(job: Job, works: Works) -> None:
    assert await run_once(job, works) == 0


def is_marked(effects: Effects, times: int):
    async def look() -> bool:
        (count,) = await effects.column("SELECT count(*) FROM effect")
        return int(count) >= times

    return look


async def test_an_errand_opens_its_own_units_of_work_and_runs_in_every_replica_at_once(
    works: Works, effects: Effects
) -> None:
    gate = Gate()

    async def go(works: Works) -> int:
        async with works.begin(system(works.service)) as work:
            await mark(work)
        await gate.wait()  # outside: what it wrote is there for others, and no lock is held
        return 1

    errand = Errand("go", go, seconds=60)
    first, second = (asyncio.create_task(run_once(errand, works)) for _ in range(2))
    await eventually(is_marked(effects, 2))
    gate.open.set()
    assert (await first, await second) == (1, 1)
