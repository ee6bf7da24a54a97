"""What the funnel shows: its figures, and the assignments behind each of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from portal.app.queries.agency import agency_zone
from portal.domain.funnel import Outcome
from portal.storage import funnel, names
from portal.storage.funnel import Cohort
from portal.storage.shown import shows
from shared.calendar import local_day
from shared.db.work import Work
from shared.http.pages import Found, PageRequest, fetch_page
from shared.roles import Field

MONTHS = 6
"""Months that the funnel counts unless it is asked for others: the present one and those before it."""
WEEKS = 26
"""Weeks of the series."""


class Grouped(StrEnum):
    """What the table below the funnel has a row for each of."""

    CLIENT = "client"
    STATE = "state"
    DISCIPLINE = "discipline"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelFilter:
    """Whom to count; None asks nothing. `first` and `last` are months, each as its first day; both count."""

    by: Grouped = Grouped.CLIENT
    first: date | None = None
    last: date | None = None
    client_id: str | None = None
    work_state: str | None = None
    discipline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How many assignments stand at each outcome, and what they bill a week at least (None: masked)."""

    counts: Mapping[Outcome, int]
    values: Mapping[Outcome, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """The funnel: everything, the groups (those with the most assignments first), and what stands beside it.

    `losses`: rows of state, reason, number. `medians`: a row of to_clear, to_start, to_pay, in days. `weeks`: rows of
    monday, passed, failed. `choices`: rows of filter and value.
    """

    cohort: Cohort
    first: date
    last: date
    figures: Figures
    groups: Sequence[tuple[str | None, Figures]]
    losses: Sequence[Any]
    medians: Any
    weeks: Sequence[Any]
    choices: Sequence[Any]
    names: Mapping[str, str]


async def funnel_page(work: Work, wanted: FunnelFilter) -> Funnel:
    """The figures of the months asked for; the series is of the last `WEEKS` weeks, whichever months these are."""
    cohort, first, last = await cohort_of(work, wanted)
    session = work.session
    shows_value = shows(session, Field.COMMERCIAL)
    rows = await funnel.counted(session, cohort, by=wanted.by.value)
    groups = _groups(rows, shows_value=shows_value)
    choices = await funnel.choices(session)
    monday = cohort.today - timedelta(days=cohort.today.weekday())
    ever = replace(cohort, since=None, until=None)
    clients = {row.value for row in choices if row.filter == "client"}
    return Funnel(
        cohort=cohort,
        first=first,
        last=last,
        figures=_figures(rows, shows_value=shows_value),
        groups=groups,
        losses=await funnel.reasons(session, cohort),
        medians=await funnel.median_days(session, cohort),
        weeks=await funnel.on_time_by_week(session, ever, first=monday - timedelta(weeks=WEEKS - 1)),
        choices=choices,
        names=await names.names_of(session, clients),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FunnelRows:
    """Assignments behind a figure, with the names of whom they concern."""

    found: Found[Any]
    names: Mapping[str, str]
    shows_value: bool
    today: date
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Which assignments of the cohort: those at these outcomes, lost so (`state`, `reason`) where it is asked."""

    outcomes: Collection[Outcome]
    state: str | None = None
    reason: str | None = None


async def funnel_rows(work: Work, wanted: FunnelFilter, *, behind: Behind, paging: PageRequest) -> FunnelRows:
    """One page of the assignments behind a figure, the latest acceptance first. Raises CursorDamaged."""
    cohort, first, last = await cohort_of(work, wanted)
    query = funnel.listed(cohort, outcomes=behind.outcomes, state=behind.state, reason=behind.reason)
    found = await fetch_page(work.session, query, by=funnel.BY_ACCEPTANCE, paging=paging, is_descending=True)
    ids = {key for row in found.rows for key in (row.clinician_id, row.facility_id, row.client_id)}
    return FunnelRows(
        found=found,
        names=await names.names_of(work.session, {*ids, wanted.client_id}),
        shows_value=shows(work.session, Field.COMMERCIAL),
        today=cohort.today,
        first=first,
        last=last,
    )


async def cohort_of(work: Work, wanted: FunnelFilter) -> tuple[Cohort, date, date]:
    """Whom the filter asks for, and the first and the last month, each as its first day."""
    zone = await agency_zone(work)
    today = local_day(work.now, zone)
    last = (wanted.last or today).replace(day=1)
    first = wanted.first.replace(day=1) if wanted.first else months_after(last, 1 - MONTHS)
    cohort = Cohort(
        today=today,
        zone=zone,
        since=_midnight(first, zone),
        until=_midnight(months_after(last, 1), zone),
        client_id=wanted.client_id,
        work_state=wanted.work_state,
        discipline=wanted.discipline,
    )
    return cohort, first, last


def months_after(month: date, number: int) -> date:
    """The first day of the month so many months after this one; before it, where the number is negative."""
    count = month.year * 12 + month.month - 1 + number
    return date(count // 12, count % 12 + 1, 1)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def _figures(rows: Sequence[Any], *, shows_value: bool) -> Figures:
    counts: Counter[Outcome] = Counter()
    values: Counter[Outcome] = Counter()
    for row in rows:
        counts[Outcome(row.outcome)] += row.number
        values[Outcome(row.outcome)] += int(row.value)
    return Figures(counts=counts, values=values if shows_value else None)


def _groups(rows: Sequence[Any], *, shows_value: bool) -> list[tuple[str | None, Figures]]:
    of_group: dict[str | None, list[Any]] = {}
    for row in rows:
        of_group.setdefault(row.group, []).append(row)
    found = [(group, _figures(of_it, shows_value=shows_value)) for group, of_it in of_group.items()]
    return sorted(found, key=lambda pair: (-sum(pair[1].counts.values()), pair[0] or ""))
