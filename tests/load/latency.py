"""Latency of one event from one service's outbox to another's committed effect, through Kafka, at a steady rate.

The writer with its relay is one process, the consumer another. The product takes turns with hand-written code that is
woken by NOTIFY (the floor), and with the same code looking every 50 ms.
"""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

from housing.consumers import handlers
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.work import Works
from shared.messaging.delivery import Delivery
from tests.load.backbone import LISTEN, POLL, PRODUCT, Course
from tests.load.case_rows import NOW
from tests.load.figures import Aim, Figure, Findings, Rounds, figure, percentile, ratio
from tests.load.machine import ROOT
from tests.load.offers import facility_record
from tests.load.options import Options
from tests.load.servers import databases, kafka, own_home

PER_SECOND = 50
WARM_SECONDS = 2
NAMES = {
    LISTEN: "asyncpg + aiokafka by hand, woken by NOTIFY",
    PRODUCT: "product",
    POLL: "asyncpg + aiokafka by hand, looking every 50 ms",
}
DUE, COMMITTED = "due → effect", "outbox commit → effect"
P50, P99 = f"{DUE}, p50", f"{DUE}, p99"


def measure(options: Options) -> Findings:
    """Each style in turn, each time with fresh processes."""
    rounds = Rounds()
    topics = [f"bench.{style}.v1" for style in (LISTEN, POLL)]
    with own_home() as home, kafka(home, *topics) as address, databases("assignments", "housing") as urls:
        asyncio.run(_tell_facility(urls["housing"]))
        for number in range(options.rounds):
            for style, name in NAMES.items():
                options.say(f"latency: round {number + 1} of {options.rounds}, {name}")
                course = Course(
                    style=style,
                    publisher=urls["assignments"],
                    consumer=urls["housing"],
                    kafka=address,
                    per_second=PER_SECOND,
                    seconds=WARM_SECONDS + options.seconds,
                )
                _add(rounds, name, _run(course))
    figures = rounds.figures()
    return Findings(
        measurement="latency",
        title="an event from outbox to effect, separate processes, open loop",
        floor=NAMES[LISTEN],
        settings=f"{PER_SECOND} events/s for {options.seconds:.0f} s after {WARM_SECONDS} s to warm,"
        f" {options.rounds} rounds.",
        figures=figures,
        aims=_aims(figures),
    )


async def _tell_facility(url: str) -> None:
    engine = make_engine(url, application_name="bench")
    await Delivery(Works("housing", engine, FixedClock(NOW)), handlers).deliver([facility_record()])
    await engine.dispose()


def _run(course: Course) -> Sequence[tuple[float, float]]:
    """Milliseconds from due, and from commit, to effect, for each offer after the warm start."""
    with _process("consumer", course) as (consumer_in, consumer_out), _process("writer", course) as (tell, hear):
        assert (consumer_out.readline(), hear.readline()) == ("ready\n", "ready\n")
        _say(tell, "go")
        written: Mapping[str, tuple[float, float]] = json.loads(hear.readline())
        _say(consumer_in, str(len(written)))
        effects: Mapping[str, float] = json.loads(consumer_out.readline())
    begun = min(due for due, _ in written.values()) + WARM_SECONDS
    return [
        ((effects[key] - due) * 1000, (effects[key] - committed) * 1000)
        for key, (due, committed) in written.items()
        if due >= begun
    ]


@contextmanager
def _process(part: str, course: Course) -> Iterator[tuple[IO[str], IO[str]]]:
    """Its standard input and output. It ends when its input does."""
    command = [sys.executable, "-m", "tests.load.latency_process", part, json.dumps(course.as_json())]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin and process.stdout
    try:
        yield process.stdin, process.stdout
        process.stdin.close()
        process.wait(20)
    finally:
        process.kill()
        process.wait()


def _say(to: IO[str], what: str) -> None:
    to.write(what + "\n")
    to.flush()


def _add(rounds: Rounds, name: str, times: Sequence[tuple[float, float]]) -> None:
    for place, metric in enumerate((DUE, COMMITTED)):
        values = [both[place] for both in times]
        rounds.add(name, f"{metric}, p50", "ms", value=percentile(values, 50))
        rounds.add(name, f"{metric}, p99", "ms", value=percentile(values, 99))
        rounds.add(name, f"{metric}, longest", "ms", value=max(values))


def _aims(figures: Sequence[Figure]) -> tuple[Aim, ...]:
    def compared(metric: str, style: str) -> float:
        return ratio(figure(figures, NAMES[PRODUCT], metric), figure(figures, NAMES[style], metric))

    return (
        Aim(text="product's p50 against the floor's", value=compared(P50, LISTEN), sense="at most", bound=2),
        Aim(text="product's p99 against the floor's", value=compared(P99, LISTEN), sense="at most", bound=2),
        Aim(text="product's p99 against looking every 50 ms", value=compared(P99, POLL), sense="at most", bound=0.35),
    )
