"""A backlog: housing was stopped while offers came; it comes back and drains them, and people work with it meanwhile.

The API of the very process that drains is called in an open loop, every other call a command; its slowest answers are
compared with those of the same process with nothing to drain.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
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
BATCH = 200
LOOK_SECONDS = 0.5
IN_FLIGHT = 64
"""Far more than are in flight unless the service falls behind: the loop stays open."""
QUIET, DRAINING = "API while quiet", "API while draining"
P50, P99 = "due → answer, p50", "due → answer, p99"


@dataclass(slots=True)
class Parts:
    """Where the parts are, the cases that commands may still change, and a case to read."""

    home: Home
    database: str
    kafka: str
    cases: Iterator[str]


@dataclass(frozen=True, slots=True)
class Call:
    """One call: when it was due, how many seconds later it was answered, and whether as asked."""

    due: float
    seconds: float
    is_done: bool


def measure(options: Options) -> Findings:
    """Quiet and draining in turn, each time with a fresh process."""
    rounds = Rounds()
    with own_home() as home, kafka(home) as address, databases("housing") as urls:
        for number in range(options.rounds):
            options.say(f"backlog: round {number + 1} of {options.rounds}, quiet, then {options.events:,} events")
            cases = asyncio.run(_prepare(urls["housing"], options))
            parts = Parts(home, urls["housing"], address, iter(cases))
            _quiet(parts, options, rounds)
            asyncio.run(_fill(address, options.events))
            _drain(parts, options, rounds)
    figures = rounds.figures()
    slower = ratio(figure(figures, DRAINING, P99), figure(figures, QUIET, P99))
    grown = figure(figures, DRAINING, "memory, resident").middle / figure(figures, QUIET, "memory, resident").middle
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
    for _ in range(round(PER_SECOND * (2 * WARM_SECONDS + options.seconds) / BATCH) + 3):
        await delivery.deliver(offer_records(BATCH))
    await engine.dispose()
    rows = await _fetch(url, "SELECT case_id FROM housing_case WHERE version = 1 AND assignment_state = 'accepted'")
    return [row["case_id"] for row in rows]


async def _fill(address: str, events: int) -> None:
    """Puts the backlog into the broker, as the relay of assignments would."""
    producer = await KafkaBroker(address).producer()
    envelopes = offer_envelopes(events)
    while batch := [to_record(envelope) for envelope in islice(envelopes, BATCH)]:
        await producer.send(batch)
    await producer.close()


def _quiet(parts: Parts, options: Options, rounds: Rounds) -> None:
    with one_service("housing", parts.home, database=parts.database, kafka=parts.kafka) as running:
        calls = asyncio.run(_calls(parts, running, seconds=WARM_SECONDS + options.seconds, until=None))
        _add(rounds, QUIET, running, calls)


def _drain(parts: Parts, options: Options, rounds: Rounds) -> None:
    async def both(running: Running) -> Sequence[Call]:
        drained = asyncio.Event()
        calls = asyncio.create_task(_calls(parts, running, seconds=MOST_SECONDS, until=drained))
        before = await _known(parts.database)
        async with asyncio.timeout(MOST_SECONDS):
            while await _known(parts.database) < before + options.events:
                await asyncio.sleep(LOOK_SECONDS)
        drained.set()
        return await calls

    with one_service("housing", parts.home, database=parts.database, kafka=parts.kafka) as running:
        calls = asyncio.run(both(running))
        _add(rounds, DRAINING, running, calls)
    rounds.add(DRAINING, "drained", "events/s", value=asyncio.run(_drained_per_second(parts.database, options.events)))


def _add(rounds: Rounds, variant: str, running: Running, calls: Sequence[Call]) -> None:
    times = [one.seconds for one in calls]
    rounds.add(variant, P50, "ms", value=percentile(times, 50) * 1000)
    rounds.add(variant, P99, "ms", value=percentile(times, 99) * 1000)
    refused = sum(not one.is_done for one in calls) / len(calls)
    rounds.add(variant, "calls refused", "%", value=refused * 100)
    memory = use(running.pid)
    rounds.add(variant, "memory, resident", "MB", value=memory.resident_mb)
    rounds.add(variant, "memory, shared pages shared out", "MB", value=memory.share_mb)


async def _calls(parts: Parts, running: Running, *, seconds: float, until: asyncio.Event | None) -> Sequence[Call]:
    """Each call after the warm start, or all when there were no more than those."""
    limits = httpx.Limits(max_connections=IN_FLIGHT, max_keepalive_connections=IN_FLIGHT)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        case = next(parts.cases)

        async def call(number: int, due: float) -> Call:
            headers = {"Authorization": f"Bearer {sign_token(parts.home, roles=['housing_specialist'], minutes=30)}"}
            chosen = next(parts.cases, None) if number % 2 else None
            if chosen is None:
                answer = await client.get(f"{running.url}/v1/cases/{case}", headers=headers)
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
