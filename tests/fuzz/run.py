"""The command: `make fuzz CASES=50000` over all services, `make fuzz SERVICE=housing SEED=7` over one, by another seed.

Ends with 1 when an answer broke what the document says. The same seed and number of cases ask the same again.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from shared.testing.postgres import postgres_server
from tests.fuzz.fuzz import Report, fuzz
from tests.fuzz.stage import stage
from tests.fuzz.worlds import WORLDS

PROCESSES = 2


def main() -> int:
    """0 when no answer was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000, help="how many at least, over all services")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--service", choices=sorted(WORLDS), help="this one alone")
    options = parser.parse_args()
    services = [options.service] if options.service else sorted(WORLDS)
    reports = run(services, cases=options.cases, seed=options.seed)
    total = sum(report.cases for report in reports)
    errors = sum(report.server_errors for report in reports)
    violations = sum(sum(report.found.values()) for report in reports)
    sys.stdout.write(f"{total} cases by seed {options.seed}, {errors} server errors, {violations} violations\n")
    return bool(violations or errors)


def run(services: Sequence[str], *, cases: int, seed: int) -> list[Report]:
    """Fuzzes each of them for its share, two at a time, and tells of each when it is done."""
    share = -(-cases // len(services))
    reports = []
    with postgres_server() as server, ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(fuzzed, one, server, cases=share, seed=seed) for one in services]):
            reports.append(done.result())
            sys.stdout.write("\n".join([*reports[-1].findings, str(reports[-1]), ""]))
            sys.stdout.flush()
    return reports


def fuzzed(service: str, server: str, *, cases: int, seed: int) -> Report:
    """What so many cases show of one service, in a database of its own on this server."""
    with stage(service, server) as ready:
        return fuzz(ready, cases=cases, first_seed=seed)


if __name__ == "__main__":
    sys.exit(main())
