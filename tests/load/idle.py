"""What the system costs at rest: processor time and memory of each part, over a minute of nothing to do."""

import asyncio
from collections.abc import Mapping
from statistics import median

from tests.journeys.assignment import accepted
from tests.journeys.directory import fill_directory
from tests.load.commit_times import unseen
from tests.load.figures import Aim, Figure, Findings, Rounds
from tests.load.options import Options
from tests.load.processes import Use, use
from tests.system import System, eventually, running_system

OFFERS = 20
SETTLE_SECONDS = 10
REST_SECONDS = 60
SERVERS = ("postgres", "kafka")
CPU, RESIDENT, SHARE = "CPU at rest", "memory, resident", "memory, shared pages shared out"
SERVICES = "all services together"


def measure(options: Options) -> Findings:
    """One minute in as many parts as there are rounds."""
    with running_system("--test-mode") as system:
        rounds = asyncio.run(_measure(system, options))
    figures = rounds.figures()
    return Findings(
        measurement="idle",
        title="each process at rest",
        floor=None,
        settings=f"{REST_SECONDS} s at rest in {options.rounds} parts, after {OFFERS} offers and {SETTLE_SECONDS} s.",
        figures=figures,
        aims=(
            Aim(text=f"CPU at rest, {SERVICES}", value=_of(figures, CPU), sense="at most", bound=3, unit="% of a core"),
            Aim(text=f"memory, {SERVICES}", value=_of(figures, RESIDENT), sense="at most", bound=1229, unit="MB"),
        ),
    )


async def _measure(system: System, options: Options) -> Rounds:
    await fill_directory(system)
    ids = [await accepted(system) for _ in range(OFFERS)]
    await eventually(lambda: unseen(system, ids), lambda left: left == 0, seconds=60)
    await asyncio.sleep(SETTLE_SECONDS)
    rounds, seconds = Rounds(), REST_SECONDS / options.rounds
    before = _uses(system)
    for number in range(options.rounds):
        options.say(f"idle: {seconds:.0f} s of rest, part {number + 1} of {options.rounds}")
        await asyncio.sleep(seconds)
        after = _uses(system)
        for part in before:
            percent = (after[part].cpu_seconds - before[part].cpu_seconds) / seconds * 100
            rounds.add(part, CPU, "% of a core", value=percent)
            rounds.add(part, RESIDENT, "MB", value=after[part].resident_mb)
            rounds.add(part, SHARE, "MB", value=after[part].share_mb)
        before = after
    return rounds


def _uses(system: System) -> Mapping[str, Use]:
    """Of each part, and of all services together; their leashes are their parents' and not counted."""
    parts = {name: use(int(part["pid"])) for name, part in sorted(system.parts.items())}
    services = [one for name, one in parts.items() if name not in SERVERS]
    together = Use(
        cpu_seconds=sum(one.cpu_seconds for one in services),
        resident_mb=sum(one.resident_mb for one in services),
        share_mb=sum(one.share_mb for one in services),
    )
    return {**parts, SERVICES: together}


def _of(figures: tuple[Figure, ...], metric: str) -> float:
    return median(next(one.rounds for one in figures if (one.variant, one.metric) == (SERVICES, metric)))
