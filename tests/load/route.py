"""The write route beside a bare one (`api.py`), as findings like the others.

That measurement hands over the median, lowest and highest of its rounds; these three stand for them here.
"""

import asyncio
from collections.abc import Mapping
from typing import Any

from tests.load import api
from tests.load.figures import Aim, Figure, Findings
from tests.load.options import Options

NAMES = {api.FLOOR: "bare ORM route", api.SERVICE: "product"}
METRICS = {
    "requests_per_second": ("closed loop", "requests/s"),
    "closed_p50_ms": ("closed loop, p50", "ms"),
    "closed_p99_ms": ("closed loop, p99", "ms"),
    "open_p50_ms": ("open loop, p50", "ms"),
    "open_p99_ms": ("open loop, p99", "ms"),
    "server_cpu_ms": ("CPU of the server per request", "ms"),
    "postgres_cpu_ms": ("CPU of PostgreSQL per request", "ms"),
}


def measure(options: Options) -> Findings:
    """Both in turn."""
    return findings(asyncio.run(api.measure(options.rounds)))


def findings(measured: Mapping[str, Any]) -> Findings:
    """What `api.measure` returned, told like the other measurements."""
    ratios = measured["ratios"]
    return Findings(
        measurement="api",
        title="POST /v1/assignments beside a bare ORM route that writes the same rows",
        floor=NAMES[api.FLOOR],
        settings=f"{api.CONNECTIONS} connections closed, {api.OPEN_RATE} requests/s open, {measured['rounds']} rounds.",
        figures=tuple(
            Figure(variant=name, metric=metric, unit=unit, rounds=_three(measured[side][key]))
            for side, name in NAMES.items()
            for key, (metric, unit) in METRICS.items()
        ),
        aims=(
            Aim(text="requests/s against bare", value=ratios["requests_per_second"], sense="at least", bound=0.7),
            Aim(text="p99 at 100/s against bare", value=ratios["open_p99_ms"], sense="at most", bound=1.5),
        ),
    )


def _three(summary: list[float]) -> tuple[float, ...]:
    middle, lowest, highest = summary
    return lowest, middle, highest
