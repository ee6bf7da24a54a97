"""`make bench`: ratios measured side by side in one run. Absolute figures are the machine's and swing; ratios hold.

make bench                      all of it, in under fifteen minutes
make bench ONLY=consumer        one measurement; the others keep what they found last
make bench ROUNDS=5 SECONDS=20 EVENTS=100000
"""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from time import monotonic

from rich.console import Console

from tests.load import backlog, consumer, hops, idle, latency, pages, payroll, route, screening
from tests.load.figures import Findings
from tests.load.machine import ROOT
from tests.load.options import Options
from tests.load.publication import keep, show

MEASUREMENTS: Mapping[str, Callable[[Options], Findings]] = {
    "consumer": consumer.measure,
    "payroll": payroll.measure,
    "latency": latency.measure,
    "hops": hops.measure,
    "api": route.measure,
    "backlog": backlog.measure,
    "idle": idle.measure,
    "pages": pages.measure,
    "screening": screening.measure,
}

WIDTH = 130
"""Columns of the tables where there is no terminal to ask."""


def main() -> None:
    """Measures what is wanted, shows each table as it is found, and keeps it in docs/benchmarks/."""
    options = Options.read(os.environ)
    unknown = set(options.only) - MEASUREMENTS.keys()
    if unknown:
        raise SystemExit(f"bench: there is no {', '.join(sorted(unknown))}; there are {', '.join(MEASUREMENTS)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the servers end, too
    load = os.getloadavg()[0]
    for name in options.only or MEASUREMENTS:
        begun = monotonic()
        options.say(f"{name} ...")
        findings = MEASUREMENTS[name](options)
        show(findings, Console(width=None if sys.stdout.isatty() else WIDTH))
        keep(findings, ROOT / "docs" / "benchmarks", command=f"{options.command} ONLY={name}", load=load)
        options.say(f"{name}: {monotonic() - begun:.0f} s\n")


if __name__ == "__main__":
    main()
