"""The consumer: accepted offers through housing's real consumer, beside hand-written code that writes the same rows.

The product checks the schema, keeps inbox and order, runs the real use case, writes the outbox, and keeps trace and
logs. The floors do none of the rules; the ORM variant does as much as they, one transaction for each message.
"""

import asyncio
import gc
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from time import perf_counter

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine

from housing.consumers import handlers
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from tests.load.by_hand import write_least, write_same
from tests.load.by_orm import one_message
from tests.load.case_rows import NOW
from tests.load.figures import Aim, Figure, Findings, Rounds, figure, ratio
from tests.load.nowhere import log_into_nothing
from tests.load.offers import facility_record, offer_records
from tests.load.options import Options
from tests.load.servers import databases, plain

BATCH = 200
EVENTS = 2000
SINGLE_EVENTS = 400
"""The variants with a transaction for each message are slow: they take fewer."""

FLOOR = "asyncpg by hand, batches of 200, same rows"
LEAST = "asyncpg by hand, batches of 200, least rows"
ORM = "ORM by hand, one transaction each, same rows"
PRODUCT, SINGLY = "product, batches of 200", "product, one transaction each"
POISONED = "product, batches of 200, one poison event in each"
EVENTS_PER_SECOND, MILLISECONDS = "events/s", "CPU of the process per event"
TABLES = ("inbox", "stream_position", "housing_case", "workstream", "work_item", "outbox")

Deliver = Callable[[Sequence[Record]], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A way to consume: so many events, so many at a time, poison among them or not."""

    name: str
    deliver: Deliver
    events: int = EVENTS
    batch: int = BATCH
    poison_each: int | None = None


def measure(options: Options) -> Findings:
    """All variants in turn, after a round that only warms and compares what each has written."""
    with databases("housing") as urls:
        rounds = asyncio.run(_measure(urls["housing"], options))
    figures = rounds.figures()
    return Findings(
        measurement="consumer",
        title="accepted offers through housing's consumer",
        floor=FLOOR,
        settings=f"{EVENTS} events a round ({SINGLE_EVENTS} where each has a transaction), {options.rounds} rounds;"
        " PostgreSQL syncs to disk at every commit.",
        figures=figures,
        aims=_aims(figures),
    )


async def _measure(url: str, options: Options) -> Rounds:
    log_into_nothing("housing")
    connection = await asyncpg.connect(plain(url))
    engine = make_engine(url, application_name="bench")
    try:
        await Delivery(Works("housing", engine, FixedClock(NOW)), handlers).deliver([facility_record()])
        variants = _variants(engine, connection)
        await _compare(connection, variants)
        gc.collect()
        gc.freeze()
        rounds = Rounds()
        for number in range(options.rounds):
            options.say(f"consumer: round {number + 1} of {options.rounds}")
            for variant in variants:
                await run_variant(variant, rounds)
        return rounds
    finally:
        await connection.close()
        await engine.dispose()


def _variants(engine: AsyncEngine, connection: asyncpg.Connection) -> list[Variant]:
    product = Delivery(Works("housing", engine, FixedClock(NOW)), handlers).deliver

    async def by_hand(records: Sequence[Record]) -> None:
        await write_same(connection, records)

    async def least(records: Sequence[Record]) -> None:
        await write_least(connection, records)

    async def by_orm(records: Sequence[Record]) -> None:
        for record in records:
            await one_message(engine, record)

    return [
        Variant(name=FLOOR, deliver=by_hand),
        Variant(name=PRODUCT, deliver=product),
        Variant(name=POISONED, deliver=product, poison_each=BATCH),
        Variant(name=SINGLY, deliver=product, events=SINGLE_EVENTS, batch=1),
        Variant(name=ORM, deliver=by_orm, events=SINGLE_EVENTS, batch=1),
        Variant(name=LEAST, deliver=least),
    ]


async def run_variant(variant: Variant, rounds: Rounds) -> None:
    """One round of it: how many events a second, and how much of this process each took."""
    records = offer_records(variant.events, poison_each=variant.poison_each)
    gc.collect()
    begun, used = perf_counter(), _cpu_seconds()
    for start in range(0, len(records), variant.batch):
        await variant.deliver(records[start : start + variant.batch])
    took, used = perf_counter() - begun, _cpu_seconds() - used
    rounds.add(variant.name, EVENTS_PER_SECOND, "/s", value=len(records) / took)
    rounds.add(variant.name, MILLISECONDS, "ms", value=used / len(records) * 1000)


async def _compare(connection: asyncpg.Connection, variants: Sequence[Variant]) -> None:
    """A ratio against a floor that writes less would be worth nothing."""
    written = {}
    for variant in variants:
        before = await _written(connection)
        await variant.deliver(offer_records(BATCH, poison_each=variant.poison_each))
        after = await _written(connection)
        written[variant.name] = {
            name: (after[name][0] - before[name][0], after[name][1] - before[name][1]) for name in after
        }
    product = written[PRODUCT]
    for name in (FLOOR, SINGLY, ORM):
        for table, (rows, size) in written[name].items():
            same_size = abs(size - product[table][1]) <= product[table][1] * 0.02
            assert rows == product[table][0] and same_size, f"{name}: {table} {rows, size}, product {product[table]}"
    cases = written[POISONED]["housing_case"][0]
    assert cases == BATCH - 1, f"{POISONED}: {cases} cases"


async def _written(connection: asyncpg.Connection) -> dict[str, tuple[int, int]]:
    """Rows and bytes of text in each table."""
    found = {}
    for table in TABLES:
        row = await connection.fetchrow(
            f"SELECT count(*) AS rows, coalesce(sum(length(t::text)), 0) AS size FROM {table} t"
        )
        found[table] = int(row["rows"]), int(row["size"])
    return found


def _aims(figures: Sequence[Figure]) -> tuple[Aim, ...]:
    speed = {name: figure(figures, name, EVENTS_PER_SECOND) for name in (FLOOR, PRODUCT, POISONED, ORM, SINGLY)}
    product = speed[PRODUCT]
    return (
        Aim(text="product against asyncpg by hand", value=ratio(product, speed[FLOOR]), sense="at least", bound=0.45),
        Aim(
            text="product against the ORM, one transaction each",
            value=ratio(product, speed[ORM]),
            sense="at least",
            bound=12,
        ),
        Aim(
            text="product with one poison event in each 200",
            value=ratio(speed[POISONED], product),
            sense="at least",
            bound=0.9,
        ),
    )


def _cpu_seconds() -> float:
    times = os.times()
    return times.user + times.system
