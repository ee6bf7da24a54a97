"""The backbone's loops in simulated worlds: whatever goes wrong, the promises hold and everything becomes quiet."""

import os
import subprocess
import sys
from pathlib import Path

from tests.simulation.seeds import run_seeds
from tests.simulation.story import run

ROOT = Path(__file__).parents[2]


def test_the_promises_hold_in_a_thousand_worlds() -> None:
    """INVARIANT: every committed event reaches the broker in order and has its effect once, in order per key.

    What breaks it: any of the planted defects in tests/mutants. A run that never met one of its dangers fails as well.
    """
    report = run_seeds(range(1000))
    assert (report.count, report.failures, report.never_seen) == (1000, [], frozenset()), str(report)


def _replayed(seed: int, *, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-m", "tests.simulation.simulate", "--seed", str(seed)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout


def test_a_seed_replays_the_same_world_in_every_process() -> None:
    first, again = _replayed(11, hash_seed="1"), _replayed(11, hash_seed="2")
    assert first == again
    assert first.splitlines()[:-1] == list(run(11).happened)


def test_two_seeds_are_two_worlds() -> None:
    assert run(1).happened != run(2).happened
