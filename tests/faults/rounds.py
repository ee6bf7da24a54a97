"""One round: calls come in, a fault happens, calls go on, quiet comes, and the checker judges everything so far."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random

from tests.faults.agency import running_agency
from tests.faults.checker import check
from tests.faults.client import Client
from tests.faults.deaths import kill_kafka, kill_postgres, kill_service
from tests.faults.evidence import Gatherer
from tests.faults.journal import Journal
from tests.faults.migration import move_schema
from tests.faults.orders import Orders
from tests.faults.records import disorder, poison, repeat_everything
from tests.faults.stage import Scale, Stage
from tests.faults.troubles import come_and_go, lose_broker, shift_clock, slow_consumer, stop_process
from tests.faults.watch import Watch

Fault = Callable[[Stage], Awaitable[str]]
FAULTS: dict[str, Fault] = {
    "F1": kill_service,
    "F2": kill_kafka,
    "F3": kill_postgres,
    "F4": lose_broker,
    "F5": stop_process,
    "F6": repeat_everything,
    "F7": disorder,
    "F8": slow_consumer,
    "F10": shift_clock,
    "F11": poison,
    "F12": come_and_go,
    "F13": move_schema,
}
LARGEST_CLIENT_ERROR, UNAVAILABLE = 499, 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What happened in one round. `heal_seconds` counts from the end of the fault."""

    fault: str
    what: str
    calls: dict[str, int]
    heal_seconds: float
    violations: list[str]


async def play(stage: Stage, name: str, fault: Fault) -> Round:
    """One round with this fault, told under this name."""
    first, statuses = len(stage.journal.calls), stage.journal.seen.copy()
    stage.findings.clear()
    stage.client.go(stage.scale.rate)
    stage.watch.begin()
    await asyncio.sleep(stage.scale.before_seconds * (0.5 + stage.random.random()))
    what = await fault(stage)
    stage.journal.note(f"{name}: {what}")
    ended = time.monotonic()
    await asyncio.sleep(stage.scale.after_seconds)
    await stage.client.pause()
    left = await stage.watch.until_quiet(within_seconds=stage.scale.heal_seconds)
    late_at = await stage.watch.end()
    await stage.put_back()
    if not left:
        await stage.client.resolve(within_seconds=stage.scale.heal_seconds)
        left = await stage.watch.until_quiet(within_seconds=stage.scale.heal_seconds)
    violations = [f"I9 not healed in {stage.scale.heal_seconds:.0f} s: {one}" for one in left]
    new_statuses = stage.journal.seen - statuses
    violations += [f"I9 answered {status} {count} times" for status, count in new_statuses.items() if _is_wrong(status)]
    violations += stage.findings
    violations += await judge(stage)
    return Round(
        fault=name,
        what=what,
        calls=stage.journal.counts(first),
        heal_seconds=max(0.0, late_at - ended),
        violations=violations,
    )


async def judge(stage: Stage) -> list[str]:
    """What the checker says about the system as it is now."""
    evidence = await stage.gatherer.gather()
    evidence.planted, evidence.disordered = frozenset(stage.planted), frozenset(stage.disordered)
    return check(evidence, stage.journal.calls)


@asynccontextmanager
async def a_stage(*, seed: int, scale: Scale, is_proxied: bool = False) -> AsyncIterator[Stage]:
    """A system with its directory filled, and nothing happening yet."""
    async with running_agency(is_proxied=is_proxied, test_mode=True) as agency:
        places = agency.places
        journal = Journal(agency.home.root / "journal.jsonl")
        client = Client(
            urls=places.urls,
            tokens=places.tokens,
            orders=Orders(random=Random(seed), today=_today()),
            journal=journal,
        )
        watch = Watch(urls=places.urls, databases=places.databases, bootstrap_servers=places.bootstrap_servers)
        gatherer = Gatherer(databases=places.databases, bootstrap_servers=places.bootstrap_servers)
        try:
            await client.enter_directory()
            yield Stage(
                agency=agency,
                client=client,
                watch=watch,
                gatherer=gatherer,
                journal=journal,
                random=Random(seed),
                scale=scale,
            )
        finally:
            await client.close()
            await watch.close()


def _is_wrong(status: int) -> bool:
    return status > LARGEST_CLIENT_ERROR and status != UNAVAILABLE


def _today() -> date:
    return datetime.fromtimestamp(time.time(), UTC).date()
