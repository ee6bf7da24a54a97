"""The portal's queue, board and assignment page beside bare pages that show the same rows as tuples, in one run.

The portal is the real one, as `python -m portal api` serves it, over 5,000 assignments, 200,000 work items and
2,000,000 timeline entries (ROWS=20000: that many entries, and the others in proportion); the floor is `pages_floor.py`.
They take turns. Closed loop: requests a second. Open loop: latency from when each request was due. What a page weighs
is counted with everything that it makes a browser load, compressed. The palette has no floor: how soon it answers
whoever types is told beside its aim.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from itertools import product
from typing import Any

from tests.load.figures import Aim, Figure, Findings, Rounds, figure, ratio
from tests.load.machine import ROOT
from tests.load.options import Options
from tests.load.page_sides import BARE, PORTAL, Side, Sides, both_sides

ENTRIES = 2_000_000
CONNECTIONS = 8
WARM_SECONDS, CLOSED_SECONDS = 3, 5
OPEN_RATE = 50
MOST_KILOBYTES = 120
PALETTE = "/palette?q=na"
"""As somebody types the beginning of a name."""
PALETTE_RATE = 10
MOST_PALETTE_MS = 100
PALETTE_SLOW = f"palette: p99 at {PALETTE_RATE}/s"
SPEED, MIDDLE, SLOW = "closed loop", f"p50 at {OPEN_RATE}/s", f"p99 at {OPEN_RATE}/s"


def measure(options: Options) -> Findings:
    """Each page of both sides in turn, as often as there are rounds."""
    entries = int(os.environ.get("ROWS") or ENTRIES)
    options.say(f"pages: filling the read model, {entries:,} timeline entries")
    with both_sides(entries) as sides:
        weights = asyncio.run(sides.weights())
        figures = asyncio.run(_measure(options, sides))
    shown = ", ".join(f"{name} {rows}" for name, rows in sides.rows.items())
    settings = (
        f"{entries // 400:,} assignments, {entries // 10:,} work items, {entries:,} timeline entries;"
        f" rows shown: {shown}; {CONNECTIONS} connections closed, {options.seconds / 2:g} s open,"
        f" {options.rounds} rounds."
    )
    return findings(figures, weights, settings=settings)


async def _measure(options: Options, sides: Sides) -> tuple[Figure, ...]:
    rounds = Rounds()
    variants = [(PORTAL, sides.portal), (BARE, sides.bare)]
    for number in range(options.rounds):
        for page, (variant, side) in product(sides.rows, variants if number % 2 else variants[::-1]):
            options.say(f"pages: {page} of the {variant}, round {number + 1} of {options.rounds}")
            for metric, unit, value in await _round(side, page, seconds=options.seconds / 2):
                rounds.add(variant, f"{page}: {metric}", unit, value=value)
        rounds.add(PORTAL, PALETTE_SLOW, "ms", value=await _palette(sides.portal, seconds=options.seconds / 2))
    return rounds.figures()


async def _palette(side: Side, *, seconds: float) -> float:
    """The 99th percentile, in milliseconds."""
    order = {
        "port": side.port,
        "path": PALETTE,
        "headers": {**side.headers, "HX-Request": "true"},
        "connections": CONNECTIONS,
        "rate": PALETTE_RATE,
    }
    await _call({**order, "seconds": WARM_SECONDS})
    slow: float = (await _call({**order, "seconds": seconds}))["p99"]
    return slow


async def _round(side: Side, page: str, *, seconds: float) -> list[tuple[str, str, float]]:
    order = {
        "port": side.port,
        "path": side.paths[page],
        "headers": dict(side.headers),
        "connections": CONNECTIONS,
    }
    await _call({**order, "seconds": WARM_SECONDS})
    closed = await _call({**order, "seconds": CLOSED_SECONDS})
    opened = await _call({**order, "seconds": seconds, "rate": OPEN_RATE})
    return [
        (SPEED, "requests/s", closed["requests"] / closed["seconds"]),
        (MIDDLE, "ms", opened["p50"]),
        (SLOW, "ms", opened["p99"]),
    ]


def findings(figures: tuple[Figure, ...], weights: Mapping[str, int], *, settings: str) -> Findings:
    """What was measured, told like the other measurements. `weights` are bytes on the wire by page."""
    heavy = tuple(
        Figure(variant=PORTAL, metric=f"{page}: on the wire with all it loads", unit="kB", rounds=(bytes_ / 1000,))
        for page, bytes_ in weights.items()
    )
    return Findings(
        measurement="pages",
        title="the portal's pages beside bare ones with the same rows",
        floor=BARE,
        settings=settings,
        figures=(*figures, *heavy),
        aims=(
            *(aim for page, bytes_ in weights.items() for aim in _aims(figures, page, weight=bytes_)),
            _palette_aim(figures),
        ),
    )


def _palette_aim(figures: tuple[Figure, ...]) -> Aim:
    slow = figure(figures, PORTAL, PALETTE_SLOW).middle
    return Aim(text=PALETTE_SLOW, value=slow, sense="at most", bound=MOST_PALETTE_MS, unit="ms")


def _aims(figures: tuple[Figure, ...], page: str, *, weight: int) -> tuple[Aim, ...]:
    def against_bare(metric: str) -> float:
        return ratio(figure(figures, PORTAL, f"{page}: {metric}"), figure(figures, BARE, f"{page}: {metric}"))

    speed, slow = against_bare(SPEED), against_bare(SLOW)
    return (
        Aim(text=f"{page}: requests/s against bare", value=speed, sense="at least", bound=0.6),
        Aim(text=f"{page}: {SLOW} against bare", value=slow, sense="at most", bound=2),
        Aim(text=f"{page}: on the wire", value=weight / 1000, sense="at most", bound=MOST_KILOBYTES, unit="kB"),
    )


async def _call(order: Mapping[str, Any]) -> dict[str, Any]:
    caller = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.load.pages_caller"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    answer, _ = await caller.communicate(json.dumps(order).encode())
    assert caller.returncode == 0, f"the caller stopped at an answer of {order['path']} that was not 200"
    seen: dict[str, Any] = json.loads(answer)
    return seen
