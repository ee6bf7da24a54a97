"""A backlog: housing was stopped while offers came; it comes back and drains them, and people work with it meanwhile.

API and worker are processes of their own, as in production (ADR 0018). The API is called in an open loop, every other
call a command; its slowest answers are compared with those of the same two processes with nothing to drain. How one
process that does both fares, as `make run` starts it, stands beside it.
"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from math import ceil
from time import monotonic

import asyncpg
import httpx

from firstshift.home import Home
from firstshift.tokens import sign_token
from housing.consumers import handlers
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.ids import new_uuid
from shared.messaging.delivery import Delivery
from shared.messaging.envelope import to_record
from shared.messaging.kafka import KafkaBroker
from tests.load.case_rows import NOW
from tests.load.figures import Aim, Findings, Rounds, figure, percentile, ratio
from tests.load.offers import facility_record, offer_envelopes, offer_records
from tests.load.one_service import Running, one_service
from tests.load.open_loop import run_open_loop
from tests.load.options import Options
from tests.load.processes import use
from tests.load.servers import databases, kafka, own_home, plain

PER_SECOND = 20
WARM_SECONDS = 3
MOST_SECONDS = 1800
START_SECONDS = 10
"""At most, until a fresh consumer has joined its group and begins."""
BATCH = 200
LOOK_SECONDS = 0.5
IN_FLIGHT = 64
"""Far more than are in flight unless the service falls behind: the loop stays open."""
SLOWEST_DRAIN = 400
"""Events a second; what is slower runs out of cases for commands and only reads on."""
QUIET, DRAINING = "API while quiet", "API while its worker drains"
TOGETHER = "API that drains in its own process"
ROLES = {QUIET: ("api", "worker"), DRAINING: ("api", "worker"), TOGETHER: ("serve",)}
"""The processes of each variant; the first is called."""
P50, P99 = "due → answer, p50", "due → answer, p99"
MEMORY = "memory, resident"


@dataclass(slots=True)
class Parts:
    """Where the parts are, a case to read, and those that commands may still change."""

    home: Home
    database: str
    kafka: str
    case: str
    cases: Iterator[str]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when it was due, how many seconds later it was answered, and whether as asked."""

    due: float
    seconds: float
    is_done: bool


def measure(options: Options) -> Findings:
    """Quiet and draining in turn, each time with fresh processes."""
    rounds = Rounds()
    with own_home() as home, kafka(home) as address, databases("housing") as urls:
        for number in range(options.rounds):
            options.say(f"backlog: round {number + 1} of {options.rounds}, quiet, then twice {options.events:,} events")
            cases = asyncio.run(_prepare(urls["housing"], options))
            parts = Parts(home, urls["housing"], address, cases[0], iter(cases[1:]))
            _quiet(parts, options, rounds)
            for variant in (DRAINING, TOGETHER):
                _drain(parts, options, rounds, variant=variant)
    figures = rounds.figures()
    slower = ratio(figure(figures, DRAINING, P99), figure(figures, QUIET, P99))
    grown = ratio(figure(figures, DRAINING, MEMORY), figure(figures, QUIET, MEMORY))
    return Findings(
        measurement="backlog",
        title="housing drains a backlog while its API is called",
        floor=QUIET,
        settings=f"{options.events:,} events, {PER_SECOND} calls/s (half reads, half commands),"
        f" {options.rounds} rounds.",
        figures=figures,
        aims=(
            Aim(text="API p99 while draining against quiet", value=slower, sense="at most", bound=2),
            Aim(text="memory after the backlog against quiet", value=grown, sense="at most", bound=1.1),
        ),
    )


async def _prepare(url: str, options: Options) -> Sequence[str]:
    """Cases enough for all commands, made by the real consumer; their ids."""
    engine = make_engine(url, application_name="bench")
    delivery = Delivery(Works("housing", engine, FixedClock(NOW)), handlers)
    await delivery.deliver([facility_record()])
    for _ in range(ceil(_commands(options) / BATCH)):
        await delivery.deliver(offer_records(BATCH))
    await engine.dispose()
    rows = await _fetch(url, "SELECT case_id FROM housing_case WHERE version = 1 AND assignment_state = 'accepted'")
    return [row["case_id"] for row in rows]


def _commands(options: Options) -> float:
    """How many commands a round sends at the most: every other call, while quiet and through both backlogs."""
    return PER_SECOND / 2 * (WARM_SECONDS + options.seconds + 2 * (START_SECONDS + options.events / SLOWEST_DRAIN))


async def _fill(address: str, events: int) -> None:
    """Puts the backlog into the broker, as the relay of assignments would."""
    producer = await KafkaBroker(address).producer()
    envelopes = offer_envelopes(events)
    while batch := [to_record(envelope) for envelope in islice(envelopes, BATCH)]:
        await producer.send(batch)
    await producer.close()


def _quiet(parts: Parts, options: Options, rounds: Rounds) -> None:
    with _housing(parts, ROLES[QUIET]) as running:
        calls = asyncio.run(_calls(parts, running[0], seconds=WARM_SECONDS + options.seconds, until=None))
        _add(rounds, QUIET, running, calls=calls)


def _drain(parts: Parts, options: Options, rounds: Rounds, *, variant: str) -> None:
    before = asyncio.run(_known(parts.database))
    asyncio.run(_fill(parts.kafka, options.events))

    async def both(running: Running) -> Sequence[Call]:
        drained = asyncio.Event()
        calls = asyncio.create_task(_calls(parts, running, seconds=MOST_SECONDS, until=drained))
        async with asyncio.timeout(MOST_SECONDS):
            while await _known(parts.database) < before + options.events:
                await asyncio.sleep(LOOK_SECONDS)
        drained.set()
        return await calls

    with _housing(parts, ROLES[variant]) as running:
        calls = asyncio.run(both(running[0]))
        _add(rounds, variant, running, calls=calls)
    rounds.add(variant, "drained", "events/s", value=asyncio.run(_drained_per_second(parts.database, options.events)))


@contextmanager
def _housing(parts: Parts, roles: Sequence[str]) -> Iterator[Sequence[Running]]:
    """The processes of housing, one for each role, until the end of the block."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                one_service("housing", parts.home, database=parts.database, kafka=parts.kafka, role=role)
            )
            for role in roles
        ]


def _add(rounds: Rounds, variant: str, running: Sequence[Running], *, calls: Sequence[Call]) -> None:
    times = [one.seconds for one in calls]
    rounds.add(variant, P50, "ms", value=percentile(times, 50) * 1000)
    rounds.add(variant, P99, "ms", value=percentile(times, 99) * 1000)
    refused = sum(not one.is_done for one in calls) / len(calls)
    rounds.add(variant, "calls refused", "%", value=refused * 100)
    memory = [use(one.pid) for one in running]
    rounds.add(variant, MEMORY, "MB", value=sum(one.resident_mb for one in memory))
    rounds.add(variant, "memory, shared pages shared out", "MB", value=sum(one.share_mb for one in memory))


async def _calls(parts: Parts, running: Running, *, seconds: float, until: asyncio.Event | None) -> Sequence[Call]:
    """Each call after the warm start, or all when there were no more than those."""
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:

        async def call(number: int, due: float) -> Call:
            headers = {"Authorization": f"Bearer {sign_token(parts.home, roles=['housing_specialist'], minutes=30)}"}
            chosen = next(parts.cases, None) if number % 2 else None
            if chosen is None:
                answer = await client.get(f"{running.url}/v1/cases/{parts.case}", headers=headers)
            else:
                headers |= {"Idempotency-Key": str(new_uuid()), "If-Match": '"1"'}
                url = f"{running.url}/v1/cases/{chosen}:record-agreement"
                answer = await client.post(url, json={"terms_version": 1}, headers=headers)
            return Call(due, monotonic() - due, answer.status_code == 200)

        calls = await run_open_loop(call, per_second=PER_SECOND, seconds=seconds, until=until)
    begun = calls[0].due + WARM_SECONDS
    return [one for one in calls if one.due >= begun] or calls


async def _known(url: str) -> int:
    ((known,),) = await _fetch(url, "SELECT count(*) FROM stream_position")
    return int(known)


async def _drained_per_second(url: str, events: int) -> float:
    """Over the time from the first batch of the newest so many events to the last."""
    statement = (
        "SELECT extract(epoch FROM max(received_at) - min(received_at))::float"
        f" FROM (SELECT received_at FROM inbox ORDER BY received_at DESC LIMIT {events}) AS newest"
    )
    ((seconds,),) = await _fetch(url, statement)
    return events / float(seconds)


async def _fetch(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(plain(url))
    try:
        return list(await connection.fetch(statement))
    finally:
        await connection.close()
