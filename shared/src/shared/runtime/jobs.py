"""What a service does by itself, on a schedule: sweeps over data rows that are due.

    jobs = Jobs()

    @jobs.every(seconds=30)
    async def lapse_credentials(work: Work) -> int: ...      # returns how many rows it dealt with

A job runs in one replica at a time, one transaction a turn, and again at once while it finds something. An errand asks
somebody outside, so it opens units of work of its own, none while it waits; it runs in every replica, kept apart by
what each claims.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

import structlog

from shared.db.state import locked_alone
from shared.db.work import Work, Works
from shared.messaging.letter import describe
from shared.messaging.pause import pause, waking
from shared.observe.places import places
from shared.principal import system

log = structlog.get_logger()

Sweep = Callable[[Work], Awaitable[int]]
LOCK_CLASS = 0x10B5  # any number, the same in every replica


@dataclass(frozen=True, slots=True)
class Job:
    """One sweep and how often it looks."""

    name: str
    sweep: Sweep
    seconds: float


@dataclass(frozen=True, slots=True)
class Errand:
    """One way out of the house and how often it looks whether there is a reason to go."""

    name: str
    run: Callable[[Works], Awaitable[int]]
    seconds: float


class Jobs:
    """The jobs and errands of one service."""

    def __init__(self, jobs: Iterable[Job | Errand] = ()) -> None:
        self.jobs = list(jobs)
        self._woken: list[asyncio.Event] = []
        """Of each job that runs, what ends its pause."""

    def every(self, *, seconds: float) -> Callable[[Sweep], Sweep]:
        """Declares a sweep that looks this often."""

        def declare(sweep: Sweep) -> Sweep:
            self.jobs.append(Job(getattr(sweep, "__name__", "job"), sweep, seconds))
            return sweep

        return declare

    async def run(self, works: Works, stop: asyncio.Event) -> None:
        """Runs every job until `stop` is set."""
        self._woken = [asyncio.Event() for _ in self.jobs]
        async with asyncio.TaskGroup() as group:
            for job, woken in zip(self.jobs, self._woken, strict=True):
                group.create_task(_repeat(job, works, stop, woken=woken))

    def look_now(self) -> None:
        """Every job looks at once, not when its time comes: much fell due, for business time has moved."""
        for woken in self._woken:
            woken.set()

    async def run_due(self, works: Works) -> int:
        """Runs each job once now; returns how many rows all of them dealt with."""
        return sum([await run_once(job, works) for job in self.jobs])


async def run_once(job: Job | Errand, works: Works) -> int:
    """One turn of a job: rows dealt with, or 0 when another replica is at it."""
    if isinstance(job, Errand):
        return await job.run(works)
    async with works.begin(system(works.service)) as work:
        number = crc32(job.name.encode()) - 2**31
        if not await locked_alone(work.session, family=LOCK_CLASS, number=number):
            return 0
        return await job.sweep(work)


async def _repeat(job: Job | Errand, works: Works, stop: asyncio.Event, *, woken: asyncio.Event) -> None:
    async with waking(woken, at=stop):
        while not stop.is_set():
            woken.clear()
            try:
                while await run_once(job, works) and not stop.is_set():
                    pass
            except Exception as error:  # the job loop: a failed turn is logged whole and tried again on schedule
                log.warning("job.failed", job=job.name, error=describe(error), where=places(error))
            await pause(woken, job.seconds)
