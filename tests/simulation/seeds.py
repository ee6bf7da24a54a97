"""Runs the worlds of many seeds in several processes, and says what went wrong in which."""

import gc
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from tests.simulation.story import RARE, Outcome, run

PORTION = 100
TRACED = 60
SHOWN = 3


@dataclass(slots=True)
class Report:
    """What many seeds showed: those that failed, and in how many each rare thing came about."""

    count: int = 0
    failures: list[Outcome] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Report") -> None:
        """Takes in another report."""
        self.count += other.count
        self.failures += other.failures
        self.seen += other.seen

    @property
    def never_seen(self) -> frozenset[str]:
        """The dangers that none of the seeds met."""
        return RARE - self.seen.keys()

    def __str__(self) -> str:
        lines = [story(failure) for failure in self.failures[:SHOWN]]
        lines += [f"seen in {self.seen[name]:6} worlds: {name}" for name in sorted(RARE)]
        lines.append(f"{self.count} seeds, {len(self.failures)} failed {[one.seed for one in self.failures[:20]]}")
        return "\n".join(lines)


def story(outcome: Outcome, *, lines: int = TRACED) -> str:
    """The end of what happened in one world, what was wrong with it, and how to see it again."""
    return "\n".join(
        [
            *outcome.happened[-lines:],
            *(f"seed {outcome.seed}: {breach}" for breach in outcome.breaches),
            f"replay: make simulate SEED={outcome.seed}",
            "",
        ]
    )


def run_seeds(seeds: range, *, processes: int = 2) -> Report:
    """Runs all these seeds."""
    whole = Report()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=gc.freeze) as pool:
        for part in pool.map(_run, [seeds[start : start + PORTION] for start in range(0, len(seeds), PORTION)]):
            whole.add(part)
    return whole


def _run(seeds: Sequence[int]) -> Report:
    outcomes = [run(seed) for seed in seeds]
    failures = [outcome for outcome in outcomes if outcome.breaches]
    return Report(len(outcomes), failures, Counter(name for outcome in outcomes for name in outcome.seen))
