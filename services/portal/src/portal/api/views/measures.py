"""The staffing measures by month as their page shows them, from what credentialing answered."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portal.api.pages.asked import address
from portal.api.views import written

Body = Mapping[str, Any]

PATH: Final = "/credentialing/measures"
MONTH: Final = re.compile(r"^20[0-9]{2}-(0[1-9]|1[0-2])$")
"""A month as addresses and credentialing write it."""
MONTHS: Final = 12
TARGET_PER_MILLE: Final = 950
"""19 of 20 files: what the sample of an agency of the largest group may miss is one."""
TALL: Final = 60
"""How tall a column of 1,000 per mille is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One month of a trend; `tall` is None where nothing was counted."""

    text: str
    said: str
    tall: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """One measure of the chosen month, with what it counts and how it went."""

    id: str
    name: str
    value: str
    note: str
    tone: str | None
    counts: str
    among: str
    source: str
    is_sampled: bool
    sample_href: str | None
    state: tuple[str, str]
    is_to_draw: bool
    trend: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRow:
    """One month of the table: the figures in the order of the measures."""

    name: str
    href: str
    is_chosen: bool
    cells: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresView:
    """The whole page."""

    month: str
    name: str
    is_over: bool
    measures: tuple[MeasureView, ...]
    rows: tuple[MonthRow, ...]
    earlier_href: str
    later_href: str | None


def month_before(month: date, count: int) -> date:
    """The first day of the month so many months earlier; later for a negative count."""
    year, month0 = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, month0 + 1, 1)


def measures_view(figures: Sequence[Body], *, month: date, today: date) -> MeasuresView:
    """The page of a month, and of the eleven before it."""
    by_month: dict[str, list[Body]] = {}
    for one in figures:
        by_month.setdefault(str(one["month"]), []).append(one)
    chosen = by_month.get(month.isoformat(), [])
    placed = {str(one["engagement"]) for one in chosen if not one["is_sampled"] and one["denominator"]}
    following = month_before(month, -1)
    return MeasuresView(
        month=f"{month:%Y-%m}",
        name=f"{month:%B %Y}",
        is_over=today >= following,
        measures=tuple(
            _measure(one, [each for each in figures if each["measure"] == one["measure"]], placed=placed)
            for one in chosen
        ),
        rows=tuple(_row(key, of_it, month) for key, of_it in sorted(by_month.items(), reverse=True)),
        earlier_href=_href(month_before(month, 1)),
        later_href=_href(following) if following <= today.replace(day=1) else None,
    )


def percent(per_mille: int | None) -> str:
    """ "95 %", "94.7 %"; a dash where nothing was counted."""
    if per_mille is None:
        return "–"
    whole, tenth = divmod(per_mille, 10)
    return f"{whole}.{tenth} %" if tenth else f"{whole} %"


def sample_href(sample_id: object) -> str:
    """The page of one sample."""
    return f"{PATH}/{sample_id}"


def _measure(one: Body, course: Sequence[Body], *, placed: Collection[str]) -> MeasureView:
    per_mille = one["per_mille"]
    return MeasureView(
        id=str(one["measure"]).lower(),
        name=str(one["name"]),
        value=percent(per_mille),
        note=_note(one),
        tone=_tone(one),
        counts=str(one["numerator_counts"]),
        among=str(one["denominator_counts"]),
        source=str(one["source"]),
        is_sampled=bool(one["is_sampled"]),
        sample_href=sample_href(one["sample_id"]) if one["sample_id"] else None,
        state=_state(one),
        is_to_draw=bool(one["is_sampled"]) and not one["sample_id"] and str(one["engagement"]) in placed,
        trend=tuple(_column(each) for each in course),
    )


def _note(one: Body) -> str:
    if not one["is_sampled"]:
        found = written.plural(one["denominator"], "placement")
        return f"{one['numerator']:,} of {found}" if one["denominator"] else "no placements"
    if not one["sample_id"]:
        return "no sample drawn"
    return f"{one['numerator']:,} of {one['denominator']:,} audited files, {one['drawn']:,} drawn"


def _state(one: Body) -> tuple[str, str]:
    """How far the month's figure is."""
    if not one["is_sampled"]:
        return ("neutral", "All placements")
    if not one["sample_id"]:
        return ("muted", "Not drawn")
    left = one["drawn"] - one["denominator"]
    return ("info", f"{written.plural(left, 'file')} to audit") if left else ("good", "Complete")


def _tone(one: Body) -> str | None:
    if not one["is_sampled"] or one["per_mille"] is None or one["denominator"] < one["drawn"]:
        return None
    return "good" if one["per_mille"] >= TARGET_PER_MILLE else "warn"


def _column(one: Body) -> Column:
    month, per_mille = date.fromisoformat(one["month"]), one["per_mille"]
    return Column(
        text=f"{month:%b}",
        said=f"{written.month(month)} {percent(per_mille) if per_mille is not None else 'nothing counted'}",
        tall=None if per_mille is None else per_mille * TALL // 1000,
    )


def _row(key: str, figures: Sequence[Body], chosen: date) -> MonthRow:
    month = date.fromisoformat(key)
    return MonthRow(
        name=written.month(month),
        href=_href(month),
        is_chosen=month == chosen,
        cells=tuple((str(one["measure"]), _cell(one), _cell_href(one)) for one in figures),
    )


def _cell(one: Body) -> str:
    if one["per_mille"] is None:
        return "drawn" if one["sample_id"] else "–"
    return f"{one['numerator']:,}/{one['denominator']:,} · {percent(one['per_mille'])}"


def _cell_href(one: Body) -> str | None:
    return sample_href(one["sample_id"]) if one["sample_id"] else None


def _href(month: date) -> str:
    return address(PATH, month=f"{month:%Y-%m}")
