"""The command: `make simulate SEEDS=10000` runs many worlds, `make simulate SEED=7` shows all that happens in one."""

import argparse
import sys

from tests.simulation.seeds import run_seeds, story
from tests.simulation.story import Outcome, run


def main() -> int:
    """0 when every world kept the promises."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="how many")
    parser.add_argument("--first", type=int, default=0, help="the first of them")
    parser.add_argument("--until-one-fails", action="store_true", help="in this process, and no further than that")
    parser.add_argument("--seed", type=int, help="this one alone")
    options = parser.parse_args()
    seeds = range(options.first, options.first + options.seeds)
    if options.seed is not None:
        return _show(run(options.seed))
    if options.until_one_fails:
        return next((_show(outcome) for outcome in map(run, seeds) if outcome.breaches), 0)
    report = run_seeds(seeds)
    sys.stdout.write(f"{report}\n")
    for name in sorted(report.never_seen):
        sys.stdout.write(f"never seen: {name}\n")
    return bool(report.failures or report.never_seen)


def _show(outcome: Outcome) -> int:
    sys.stdout.write(story(outcome, lines=len(outcome.happened)))
    return bool(outcome.breaches)


if __name__ == "__main__":
    sys.exit(main())
