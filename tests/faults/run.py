"""`make faults ROUNDS=50 SEED=1`: round after round of one kind of fault, or of several in turn; a table at the end.

Ends with 1 when anything was lost, doubled, out of order, wrongly answered or not healed in time.
"""

import argparse
import asyncio
import logging
import shutil
import sys
from collections import Counter
from dataclasses import fields
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

from tests.faults.deaths import ANY_MOMENT, POINTS
from tests.faults.rounds import FAULTS, Round, a_stage, play
from tests.faults.stage import Scale, Stage

ENOUGH_ROUNDS = 20
"""In so many rounds of F1 each of its windows must have been hit."""

KINDS = {
    "lost": ("lost", "never took", "is 0 assignments", "no event"),
    "doubled": ("doubled", "is 2 assignments", "I3 work once", "I7 one winner", "I1 a key has one effect"),
    "order": ("I2 in order", "I2 no hole", "stands at"),
}
"""By which words a violation is counted in the table; all else is counted as other."""

console = Console(soft_wrap=True, highlight=False, width=120)


async def run(arguments: argparse.Namespace) -> int:
    """Plays the rounds and tells of each; the number of violations."""
    names = arguments.fault.split(",")
    scale = Scale(**{name.name: getattr(arguments, name.name) for name in fields(Scale)})
    console.print(
        f"seed {arguments.seed}, {arguments.rounds} rounds of {arguments.fault}, {scale.rate:g} calls/s; starting"
    )
    rounds: list[Round] = []
    async with a_stage(seed=arguments.seed, scale=scale, is_proxied="F4" in names) as stage:
        for number in range(arguments.rounds):
            name = names[number % len(names)]
            played = await play(stage, name, FAULTS[name])
            rounds.append(played)
            tell(number + 1, played)
        summarise(rounds, stage)
        violations = sum(len(played.violations) for played in rounds) + tell_windows(rounds, stage)
        if violations:
            keep(stage, arguments.seed)
    return violations


def tell(number: int, played: Round) -> None:
    """One line for a round, and one for each violation."""
    calls = ", ".join(f"{count} {outcome}" for outcome, count in played.calls.items())
    state = "well" if not played.violations else f"{len(played.violations)} VIOLATIONS"
    healed = f"healed in {played.heal_seconds:4.1f} s"
    console.print(f"{number:>3} {played.fault:<3} {state:<4}  {healed}  calls: {calls:<30}  {played.what}")
    for violation in played.violations:
        console.print(f"      {violation}")


def summarise(rounds: list[Round], stage: Stage) -> None:
    """The table."""
    table = Table(title="What the faults did", title_justify="left")
    for heading in ("fault", "rounds", "ok", "fail", "unknown", *KINDS, "other", "heal p50 s", "p99 s"):
        table.add_column(heading, justify="left" if heading == "fault" else "right")
    for name in sorted({played.fault for played in rounds}):
        of_name = [played for played in rounds if played.fault == name]
        calls = [sum(played.calls[outcome] for played in of_name) for outcome in ("ok", "fail", "unknown")]
        kinds = kinds_of([violation for played in of_name for violation in played.violations])
        heals = [played.heal_seconds for played in of_name]
        table.add_row(
            name, str(len(of_name)), *map(str, calls), *map(str, kinds), f"{median(heals):.1f}", f"{p99(heals):.1f}"
        )
    console.print(table)
    unasked = f"{stage.client.unasked} calls were not made because the look before them found nothing"
    records, events = len(stage.gatherer.records), len({record.id for record in stage.gatherer.records})
    console.print(f"the broker holds {records} records of {events} events: {records - events} came once more")
    console.print(f"{unasked}; answers by status: {dict(sorted(stage.journal.seen.items()))}")


def kinds_of(violations: list[str]) -> list[int]:
    """How many are about something lost, doubled, out of order, or else."""
    kinds = Counter(_kind_of(violation) for violation in violations)
    return [kinds[kind] for kind in (*KINDS, "other")]


def _kind_of(violation: str) -> str:
    return next((kind for kind, words in KINDS.items() if any(word in violation for word in words)), "other")


def tell_windows(rounds: list[Round], stage: Stage) -> int:
    """How often each window was hit; the number of those that a long run never hit."""
    of_services = sum(played.fault == "F1" for played in rounds)
    wanted = [ANY_MOMENT, *POINTS.values()] if of_services else []
    for window in dict.fromkeys([*wanted, *stage.windows]):
        console.print(f"  hit {stage.windows[window]:>3} times: {window}")
    missed = [window for window in wanted if not stage.windows[window]] if of_services >= ENOUGH_ROUNDS else []
    for window in missed:
        console.print(f"  NEVER HIT in {of_services} rounds: {window}")
    return len(missed)


def keep(stage: Stage, seed: int) -> None:
    """Keeps journal and logs of a run that failed."""
    kept = Path(".firstshift", f"faults-seed-{seed}").absolute()
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(stage.agency.home.logs, kept)
    shutil.copy(stage.journal.path, kept)
    console.print(f"FAILED with seed {seed}; journal and logs are in {kept}")


def p99(values: list[float]) -> float:
    """The value that 99 of 100 do not exceed; of few values the largest."""
    return quantiles(values, n=100, method="inclusive")[98] if len(values) > 1 else values[0]


def parse(words: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", default="F1", help=f"one of {', '.join(FAULTS)}, or several with commas, in turn")
    for option in fields(Scale):
        parser.add_argument(f"--{option.name.replace('_', '-')}", type=option.type, default=option.default)
    return parser.parse_args(words)


if __name__ == "__main__":
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # brokers that die are what this is about
    sys.exit(1 if asyncio.run(run(parse(sys.argv[1:]))) else 0)
