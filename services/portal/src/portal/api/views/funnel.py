"""The funnel as its templates show it: each figure with its definition, and the address of the rows behind it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from portal.api.pages.asked import address
from portal.api.pages.export import Row, Table
from portal.api.views import written
from portal.api.views.funnel_words import GROUPED, OUTCOMES, PATH, ROWS, STAGES, asked_of, span
from portal.app.queries.funnel import WEEKS, Figures, Funnel, FunnelFilter, Grouped, months_after
from portal.domain.funnel import DEFINITIONS, PASSED, Outcome, Result, Stage, Standing, of_step_before, standings

MOST_GROUPS = 25
MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A figure and where its rows are; no address where nothing is behind it."""

    text: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """One stage in figures and words."""

    id: str
    name: str
    definition: str
    passed: Linked
    pending: Linked
    failed: Linked
    share: str
    step: str
    median: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One client, state, discipline or month: how many got through each stage, and the share of those decided."""

    id: str
    name: str
    cells: tuple[tuple[Linked, str], ...]
    pending: Linked
    lost: Linked


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelView:
    """The whole page."""

    here: str
    subtitle: str
    steps: tuple[tuple[str, int, str, str], ...]
    stages: tuple[StageRow, ...]
    group_name: str
    groups: tuple[GroupRow, ...]
    groups_left_out: int
    segments: tuple[tuple[str, str, bool], ...]
    losses: tuple[tuple[str, str, Linked], ...]
    series: str
    weeks: tuple[tuple[str, int, int, str], ...]
    filters: tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]
    by: str
    applied: tuple[tuple[str, str, str], ...]
    clear_href: str
    export: tuple[tuple[str, str], ...]
    is_empty: bool
    is_filtered: bool
    shows_value: bool


def funnel_view(found: Funnel, wanted: FunnelFilter) -> FunnelView:
    """The funnel in words and addresses."""
    asked = asked_of(wanted)
    stages = standings(found.figures.counts)
    weeks = _weeks(found)
    return FunnelView(
        here=address(PATH, by=wanted.by, **asked),
        subtitle=f"Offers accepted {span(found.first, found.last)}",
        steps=tuple(_step(standing, found, asked) for standing in stages),
        stages=tuple(_stage_row(standing, found, asked) for standing in stages),
        group_name=GROUPED[wanted.by],
        groups=tuple(_group_row(key, of_it, found, wanted) for key, of_it in _in_order(found, wanted)[:MOST_GROUPS]),
        groups_left_out=max(len(found.groups) - MOST_GROUPS, 0),
        segments=tuple((GROUPED[by], address(PATH, by=by, **asked), by is wanted.by) for by in Grouped),
        losses=tuple(_loss(row, asked) for row in found.losses),
        series=_series(weeks),
        weeks=tuple((_week(monday), passed, failed, _percent(passed, failed)) for monday, passed, failed in weeks),
        filters=_filters(found, wanted),
        by=wanted.by.value,
        applied=_applied(found, wanted),
        clear_href=address(PATH, by=wanted.by),
        export=tuple((each.upper(), address(PATH, by=wanted.by, **asked, format=each)) for each in ("csv", "xlsx")),
        is_empty=not stages[0].passed,
        is_filtered=any(asked.values()),
        shows_value=found.figures.values is not None,
    )


def _linked(number: int, stage: Stage, result: Result, asked: Mapping[str, Any]) -> Linked:
    href = address(ROWS, stage=stage, result=None if result is Result.PASSED else result, **asked)
    return Linked(text=f"{number:,}", href=href if number else None)


def _step(standing: Standing, found: Funnel, asked: Mapping[str, Any]) -> tuple[str, int, str, str]:
    """What the drawn funnel says of a stage."""
    href = _linked(standing.passed, standing.stage, Result.PASSED, asked).href or ""
    step = of_step_before(standing.stage, found.figures.counts)
    parts = [
        "" if standing.stage is Stage.ACCEPTED else f"{_share(step)} of those decided at the step before",
        f"{standing.pending:,} not due yet" if standing.pending else "",
        f"median {_median(standing.stage, found.medians)}" if _median(standing.stage, found.medians) else "",
    ]
    return STAGES[standing.stage], standing.passed, href, " · ".join(part for part in parts if part)


def _stage_row(standing: Standing, found: Funnel, asked: Mapping[str, Any]) -> StageRow:
    stage = standing.stage
    values = found.figures.values
    cents = None if values is None else sum(values.get(outcome, 0) for outcome in PASSED[stage])
    is_first = stage is Stage.ACCEPTED
    return StageRow(
        id=stage.value,
        name=STAGES[stage],
        definition=DEFINITIONS[stage],
        passed=_linked(standing.passed, stage, Result.PASSED, asked),
        pending=_linked(standing.pending, stage, Result.PENDING, asked),
        failed=_linked(standing.failed, stage, Result.FAILED, asked),
        share="–" if is_first else _share(standing),
        step="–" if is_first else _share(of_step_before(stage, found.figures.counts)),
        median=_median(stage, found.medians) or "–",
        value=written.dollars(cents),
    )


def _share(standing: Standing) -> str:
    return "–" if standing.percent is None else f"{standing.percent} %"


def _percent(passed: int, failed: int) -> str:
    return _share(Standing(stage=Stage.STARTED, passed=passed, pending=0, failed=failed))


_MEDIANS = {Stage.CLEARED: "to_clear", Stage.STARTED: "to_start", Stage.PAID: "to_pay"}


def _median(stage: Stage, medians: Any) -> str:
    days = getattr(medians, _MEDIANS[stage]) if stage in _MEDIANS else None
    return "" if days is None else written.plural(days, "day")


def _in_order(found: Funnel, wanted: FunnelFilter) -> Sequence[tuple[str | None, Figures]]:
    """Months in their order; anything else by size."""
    if wanted.by is Grouped.MONTH:
        return sorted(found.groups, key=lambda pair: pair[0] or "", reverse=True)
    return found.groups


def _group_row(key: str | None, figures: Figures, found: Funnel, wanted: FunnelFilter) -> GroupRow:
    asked = {**asked_of(wanted), **_narrowed(key, wanted.by)}
    stages = standings(figures.counts)
    cells = tuple((_linked(each.passed, each.stage, Result.PASSED, asked), _share(each)) for each in stages)
    lost = figures.counts.get(Outcome.LOST_CLEARED, 0) + figures.counts.get(Outcome.LOST_UNCLEARED, 0)
    row = GroupRow(
        id=key or "unknown",
        name=_group_text(key, found.names, wanted.by),
        cells=cells,
        pending=_linked(stages[-1].pending, Stage.PAID, Result.PENDING, asked),
        lost=Linked(text=f"{lost:,}", href=address(ROWS, lost="yes", **asked) if lost else None),
    )
    return row if key is not None else _unlinked(row)


def _unlinked(row: GroupRow) -> GroupRow:
    """What nothing can be asked by, such as a state that has not arrived, shows its figures alone."""
    cells = tuple((Linked(text=figure.text), share) for figure, share in row.cells)
    pending, lost = Linked(text=row.pending.text), Linked(text=row.lost.text)
    return GroupRow(id=row.id, name=row.name, cells=cells, pending=pending, lost=lost)


def _narrowed(key: str | None, by: Grouped) -> dict[str, Any]:
    return {"first": key, "last": key} if by is Grouped.MONTH else {by.value: key}


def _group_text(key: str | None, names: Mapping[str, str], by: Grouped) -> str:
    if key is None:
        return "Not known yet"
    if by is Grouped.MONTH:
        return written.month(date.fromisoformat(f"{key}-01"))
    if by is Grouped.DISCIPLINE:
        return written.discipline(key)
    return written.place(names, key) if by is Grouped.CLIENT else key


def _loss(row: Any, asked: Mapping[str, Any]) -> tuple[str, str, Linked]:
    href = address(ROWS, how=row.state, reason=row.reason or "-", lost="yes", **asked)
    return written.state(row.state), row.reason or "No reason given", Linked(text=f"{row.number:,}", href=href)


def _weeks(found: Funnel) -> list[tuple[date, int, int]]:
    """Every week of the series, also those without a start."""
    known = {row.monday: (row.passed, row.failed) for row in found.weeks}
    monday = found.cohort.today - timedelta(days=found.cohort.today.weekday())
    days = [monday - timedelta(weeks=number) for number in reversed(range(WEEKS))]
    return [(day, *known.get(day, (0, 0))) for day in days]


def _week(monday: date) -> str:
    return f"{monday.strftime('%-d %b')}"


def _series(weeks: Sequence[tuple[date, int, int]]) -> str:
    """What charts.js draws."""
    instants = [int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) for day, _, _ in weeks]
    lines = [
        {"name": "Started on time", "tone": "good", "values": [passed for _, passed, _ in weeks]},
        {"name": "Late or lost", "tone": "bad", "values": [failed for _, _, failed in weeks]},
    ]
    return json.dumps({"label": "Starts by week of the promised day", "days": instants, "lines": lines})


def _filters(found: Funnel, wanted: FunnelFilter) -> tuple[tuple[str, str, str, tuple[tuple[str, str], ...]], ...]:
    this_month = found.cohort.today.replace(day=1)
    offered = {months_after(this_month, -number) for number in range(MONTHS_OFFERED)} | {found.first, found.last}
    months = tuple((f"{each:%Y-%m}", written.month(each)) for each in sorted(offered, reverse=True))
    choices: dict[str, list[str]] = {"client": [], "state": [], "discipline": []}
    for row in found.choices:
        choices[row.filter].append(row.value)
    clients = sorted(((key, written.place(found.names, key)) for key in choices["client"]), key=lambda pair: pair[1])
    return (
        ("first", "From", f"{found.first:%Y-%m}", months),
        ("last", "To", f"{found.last:%Y-%m}", months),
        ("client", "Client", wanted.client_id or "", (("", "Any client"), *clients)),
        ("state", "State", wanted.work_state or "", (("", "Any state"), *((each, each) for each in choices["state"]))),
        (
            "discipline",
            "Discipline",
            wanted.discipline or "",
            (("", "Any discipline"), *((each, written.discipline(each)) for each in choices["discipline"])),
        ),
    )


def _applied(found: Funnel, wanted: FunnelFilter) -> tuple[tuple[str, str, str], ...]:
    asked = asked_of(wanted)
    named = (
        ("Client", wanted.client_id and written.place(found.names, wanted.client_id), "client"),
        ("State", wanted.work_state, "state"),
        ("Discipline", written.discipline(wanted.discipline), "discipline"),
    )
    return tuple(
        (name, value, address(PATH, by=wanted.by, **{**asked, field: None})) for name, value, field in named if value
    )


def funnel_table(found: Funnel, wanted: FunnelFilter) -> Table:
    """The table by group as a file, with everything together in its last row."""
    columns = [GROUPED[wanted.by], "Accepted"]
    for stage in (Stage.CLEARED, Stage.STARTED, Stage.PAID):
        columns += [STAGES[stage], f"{STAGES[stage]}: not due yet", f"{STAGES[stage]}: failed", f"{STAGES[stage]} %"]
    columns += [OUTCOMES[outcome] for outcome in Outcome]
    rows = [_figures_row(_group_text(key, found.names, wanted.by), of_it) for key, of_it in _in_order(found, wanted)]
    return Table(name="funnel", columns=columns, rows=[*rows, _figures_row("All", found.figures)])


def _figures_row(name: str, figures: Figures) -> Row:
    accepted, *rest = standings(figures.counts)
    shares = [cell for each in rest for cell in (each.passed, each.pending, each.failed, each.percent)]
    return (name, accepted.passed, *shares, *(figures.counts.get(outcome, 0) for outcome in Outcome))
