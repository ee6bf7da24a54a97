"""`make bench`: ratios measured side by side in one run. Absolute figures are this machine's and swing; ratios hold.

The consumer: the same accepted offers, handled by housing's real use case (inbox, order, case, outbox, work items) on a
real PostgreSQL that syncs to disk: in batches of 200, one transaction for each event, and in batches with one poison
event each. The variants take turns; the table shows the median of three rounds.
"""

import asyncio
import logging
import platform
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from statistics import median
from time import perf_counter

import asyncpg
import structlog
from rich.console import Console
from rich.table import Table

from housing.consumers import handlers
from services.housing.tests.builders import a_facility, an_offer
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.migrate import migrate
from shared.db.work import Works
from shared.messaging.broker import Record
from shared.messaging.delivery import Delivery
from shared.testing.events import an_envelope, recorded
from shared.testing.postgres import postgres_server

EVENTS = 1000
BATCH = 200
ROUNDS = 3
NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
BATCHES, SINGLY, POISONED = "batches of 200", "one transaction each", "batches of 200, one poison event in each"
_numbers = count(1)


def offers(*, poison: bool) -> list[Record]:
    """Fresh accepted offers; with poison, the middle one of every batch names no facility at all."""
    records = []
    for place in range(EVENTS):
        offer = an_offer(assignment_id=f"asg_{next(_numbers)}", clinician_id=f"cln_{place}")
        envelope = an_envelope(
            offer, topic="assignments.assignment.v1", subject=offer.assignment_id, source="/firstshift/assignments"
        )
        is_poison = poison and place % BATCH == BATCH // 2
        records.append(recorded(replace(envelope, data=b"{}") if is_poison else envelope))
    return records


async def per_second(delivery: Delivery, records: Sequence[Record], batch: int) -> float:
    """Events a second through the consumer."""
    begun = perf_counter()
    for start in range(0, len(records), batch):
        await delivery.deliver(records[start : start + batch])
    return len(records) / (perf_counter() - begun)


async def measure(url: str) -> Iterator[tuple[str, float]]:
    """Each variant's figure, round by round, in turn."""
    engine = make_engine(f"{url}/bench", application_name="bench")
    delivery = Delivery(Works("housing", engine, FixedClock(NOW)), handlers)
    facility = a_facility()
    place = an_envelope(
        facility, topic="assignments.facility.v1", subject=facility.facility_id, source="/firstshift/assignments"
    )
    await delivery.deliver([recorded(place)])
    await per_second(delivery, offers(poison=False), BATCH)  # warm
    figures = []
    for _ in range(ROUNDS):
        figures.append((BATCHES, await per_second(delivery, offers(poison=False), BATCH)))
        figures.append((SINGLY, await per_second(delivery, offers(poison=False), 1)))
        figures.append((POISONED, await per_second(delivery, offers(poison=True), BATCH)))
    await engine.dispose()
    return iter(figures)


async def make_database(url: str) -> None:
    """An empty database that waits for the disk at every commit."""
    connection = await asyncpg.connect(url.replace("+asyncpg", "") + "/postgres")
    await connection.execute("CREATE DATABASE bench")
    await connection.close()


def show(figures: Iterator[tuple[str, float]]) -> None:
    """The table, each variant beside the first."""
    by_variant: dict[str, list[float]] = {}
    for variant, figure in figures:
        by_variant.setdefault(variant, []).append(figure)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    table = Table(title=f"consumer, {platform.machine()}, commit {commit.stdout.strip()}", title_justify="left")
    for heading in ("variant", "events/s (median)", "lowest..highest", "ratio"):
        table.add_column(heading, justify="left" if heading == "variant" else "right")
    base = median(by_variant[BATCHES])
    for variant, values in by_variant.items():
        spread = f"{min(values):,.0f}..{max(values):,.0f}"
        table.add_row(variant, f"{median(values):,.0f}", spread, f"{median(values) / base:.2f}")
    Console().print(table)


def main() -> None:
    """Measures and prints."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))  # poison is parked loudly
    with postgres_server(is_durable=True) as url:
        asyncio.run(make_database(url))
        migrate(f"{url}/bench", "housing")
        show(asyncio.run(measure(url)))


if __name__ == "__main__":
    main()
