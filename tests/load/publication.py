"""Where findings are kept: a table in the terminal, `docs/benchmarks/latest.json`, and the page written from it."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.load.figures import Figure, Findings, figure, ratio
from tests.load.machine import describe_machine, present_commit

HEADINGS = ("variant", "metric", "median", "lowest..highest", "ratio")
_INTRODUCTION = """\
# Benchmarks

Written by `make bench` from `latest.json`; edit neither. Variants take turns within a run. Each figure is the median of
the rounds with the lowest and highest beside it; a ratio is the median of the ratios within each round, against the
variant marked as the floor. Absolute figures are the machine's and swing from hour to hour: only ratios compare. A `+`
after a commit says that files differed from it. The load before the run should be near 0: more means that others were
at work, and that the figures are worth little.
"""

Row = tuple[str, str, str, str, str]


def shown(value: float) -> str:
    """A number as short as it can be read: three digits that count, thousands apart."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def rows(findings: Findings) -> list[Row]:
    """The lines of the table, in the order measured."""
    return [_row(findings, one) for one in findings.figures]


def verdicts(findings: Findings) -> list[str]:
    """A sentence for each aim: what it is, what was found, and whether that is enough."""
    return [
        f"{aim.text}: {shown(aim.value)} {aim.unit}, aim {aim.sense} {shown(aim.bound)}:"
        f" {'met' if aim.is_met else 'missed'}"
        for aim in findings.aims
    ]


def show(findings: Findings, console: Console) -> None:
    """The table and the aims in the terminal."""
    table = Table(title=f"{findings.measurement}: {findings.title}", title_justify="left")
    for place, heading in enumerate(HEADINGS):
        table.add_column(heading, justify="left" if place < 2 else "right")
    for row in rows(findings):
        table.add_row(*row)
    console.print(table)
    for verdict in verdicts(findings):
        console.print(f"  {verdict}", highlight=False)


def keep(findings: Findings, folder: Path, *, command: str, load: float) -> None:
    """Puts the findings in place of the last ones of the same measurement, and writes the page anew.

    `load` is how many processes wanted the processor on average before the run began: others' work spoils figures.
    """
    file = folder / "latest.json"
    kept: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    kept[findings.measurement] = {
        **asdict(findings),
        "aims": [{**asdict(aim), "is_met": aim.is_met} for aim in findings.aims],
        "rows": rows(findings),
        "verdicts": verdicts(findings),
        "machine": describe_machine(),
        "commit": present_commit(),
        "load": round(load, 1),
        "command": command,
    }
    folder.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")
    (folder / "README.md").write_text(page(kept))


def page(kept: Mapping[str, Any]) -> str:
    """The page of all findings, as Markdown."""
    return "\n".join([_INTRODUCTION, *(line for findings in kept.values() for line in _section(findings))])


def _section(findings: Mapping[str, Any]) -> list[str]:
    return [
        f"## {findings['measurement']}: {findings['title']}",
        "",
        f"`{findings['command']}` at commit `{findings['commit']}` on {findings['machine']},"
        f" load {findings['load']:.1f} before the run. {findings['settings']}",
        "",
        f"| {' | '.join(HEADINGS)} |",
        "|---|---|--:|--:|--:|",
        *(f"| {' | '.join(row)} |" for row in findings["rows"]),
        "",
        *(f"- {verdict}" for verdict in findings["verdicts"]),
        *([""] if findings["verdicts"] else []),
    ]


def _row(findings: Findings, one: Figure) -> Row:
    is_floor = one.variant == findings.floor
    return (
        f"{one.variant} (floor)" if is_floor else one.variant,
        one.metric,
        f"{shown(one.middle)} {one.unit}",
        f"{shown(min(one.rounds))}..{shown(max(one.rounds))}",
        _compared(findings, one),
    )


def _compared(findings: Findings, one: Figure) -> str:
    if findings.floor is None:
        return ""
    try:
        floor = figure(findings.figures, findings.floor, one.metric)
    except KeyError:  # a figure that the floor does not have
        return ""
    return f"{ratio(one, floor):.2f}" if all(floor.rounds) else ""
