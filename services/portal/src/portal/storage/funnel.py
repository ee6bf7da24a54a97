"""The funnel over the read model, within reach, as sets: the rule of `domain/funnel.py`, said in SQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy import case as when
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.funnel import PASSED, PAY_DUE_AFTER_DAYS, PENDING, Outcome, Stage
from portal.storage.tables import assignment
from shared.db.within import within

MOST_REASONS = 30
_ROW = assignment.c
BY_ACCEPTANCE = (_ROW.accepted_at, _ROW.assignment_id)
"""The order of the funnel's rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """Whom the funnel counts: accepted from `since` (on) until `until` (before), as far as each filter asks.

    `today` is the agency's, and `zone` where it counts its days.
    """

    today: date
    zone: str
    since: datetime | None = None
    until: datetime | None = None
    client_id: str | None = None
    work_state: str | None = None
    discipline: str | None = None


def outcome(today: date) -> ColumnElement[str]:
    """What `outcome_of` decides, for each row."""
    pay_due = _ROW.started_on < today - timedelta(days=PAY_DUE_AFTER_DAYS)
    is_due = _ROW.first_start_date < today
    started, cleared = _ROW.started_on.is_not(None), _ROW.cleared_at.is_not(None)
    lost = ~started & _ROW.ended_on.is_not(None)
    return when(
        (started & ~cleared, Outcome.STARTED_UNCLEARED.value),
        (_ROW.started_on > _ROW.first_start_date, Outcome.STARTED_LATE.value),
        (started & _ROW.is_paid_right.is_(True), Outcome.PAID_RIGHT.value),
        (started & _ROW.is_paid_right.is_(False), Outcome.PAY_CORRECTED.value),
        (started & pay_due, Outcome.PAY_MISSING.value),
        (started, Outcome.PAY_PENDING.value),
        (lost & cleared, Outcome.LOST_CLEARED.value),
        (lost, Outcome.LOST_UNCLEARED.value),
        (cleared & is_due, Outcome.START_MISSED.value),
        (cleared, Outcome.START_PENDING.value),
        (is_due, Outcome.CLEARING_LATE.value),
        else_=Outcome.CLEARING.value,
    )


def _group(by: str, zone: str) -> ColumnElement[Any]:
    """What a row is grouped by. Raises KeyError for anything else."""
    columns: dict[str, ColumnElement[Any]] = {
        "client": _ROW.client_id,
        "state": _ROW.work_state,
        "discipline": _ROW.discipline,
        "month": func.to_char(func.timezone(zone, _ROW.accepted_at), "YYYY-MM"),
    }
    return columns[by]


def _kept(query: Select[Any], cohort: Cohort) -> Select[Any]:
    """The query with what the cohort asks. An assignment that nobody offered yet is in no funnel."""
    query = query.where(_ROW.accepted_at.is_not(None), _ROW.first_start_date.is_not(None))
    if cohort.since is not None:
        query = query.where(_ROW.accepted_at >= cohort.since)
    if cohort.until is not None:
        query = query.where(_ROW.accepted_at < cohort.until)
    wanted = {_ROW.client_id: cohort.client_id, _ROW.work_state: cohort.work_state, _ROW.discipline: cohort.discipline}
    return query.where(*(column == value for column, value in wanted.items() if value is not None))


async def counted(session: AsyncSession, cohort: Cohort, *, by: str) -> Sequence[Row[Any]]:
    """Rows of group (may be null), outcome, number, and value a week in cents; the most frequent first."""
    rows = _kept(
        select(
            _group(by, cohort.zone).label("group"),
            outcome(cohort.today).label("outcome"),
            _ROW.weekly_value_cents.label("value"),
        ),
        cohort,
    )
    found = within(session, rows).subquery()
    number = func.count().label("number")
    value = cast(func.coalesce(func.sum(found.c.value), 0), BigInteger).label("value")
    groups = select(found.c.group, found.c.outcome, number, value).group_by(found.c.group, found.c.outcome)
    return (await session.execute(groups.order_by(number.desc(), found.c.group, found.c.outcome))).all()


async def reasons(session: AsyncSession, cohort: Cohort) -> Sequence[Row[Any]]:
    """How and why some were lost before their start: state, reason (may be null), number; most frequent first."""
    rows = _kept(select(_ROW.state.label("state"), _ROW.end_reason.label("reason")), cohort)
    lost = within(session, rows.where(_ROW.started_on.is_(None), _ROW.ended_on.is_not(None))).subquery()
    number = func.count().label("number")
    grouped = select(lost.c.state, lost.c.reason, number).group_by(lost.c.state, lost.c.reason)
    return (
        await session.execute(grouped.order_by(number.desc(), lost.c.state, lost.c.reason).limit(MOST_REASONS))
    ).all()


async def median_days(session: AsyncSession, cohort: Cohort) -> Row[Any]:
    """Whole days in the middle of each step: to_clear, to_start, to_pay; null where none took the step.

    A step taken before the one ahead of it, such as a first day of work before the clearance, waited for nothing: it
    counts as no days.
    """

    def day(instant: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.date(func.timezone(cohort.zone, instant))

    rows = _kept(
        select(
            (day(_ROW.cleared_at) - day(_ROW.accepted_at)).label("to_clear"),
            (_ROW.started_on - day(_ROW.cleared_at)).label("to_start"),
            (_ROW.first_paid_on - _ROW.started_on).label("to_pay"),
        ),
        cohort,
    )
    found = within(session, rows).subquery()
    middle = func.percentile_disc(literal_column("0.5"))
    waited = {
        # GREATEST passes over nulls, and would make those who did not take the step wait for no days.
        name: when((found.c[name].is_not(None), func.greatest(found.c[name], 0)))
        for name in ("to_clear", "to_start", "to_pay")
    }
    steps = [middle.within_group(cast(days, Integer)).label(name) for name, days in waited.items()]
    return (await session.execute(select(*steps))).one()


async def on_time_by_week(session: AsyncSession, cohort: Cohort, *, first: date) -> Sequence[Row[Any]]:
    """Weeks (their Mondays) of promised starts from `first` until yesterday: monday, passed, failed; oldest first."""
    stand = outcome(cohort.today).label("outcome")
    monday = func.date(func.date_trunc("week", _ROW.first_start_date)).label("monday")
    rows = _kept(select(monday, stand), cohort).where(
        _ROW.first_start_date >= first, _ROW.first_start_date < cohort.today
    )
    found = within(session, rows).subquery()
    passed = func.count().filter(found.c.outcome.in_(_texts(PASSED[Stage.STARTED])))
    undecided = func.count().filter(found.c.outcome.in_(_texts(PENDING[Stage.STARTED])))
    weeks = select(
        found.c.monday, passed.label("passed"), (func.count() - passed - undecided).label("failed")
    ).group_by(found.c.monday)
    return (await session.execute(weeks.order_by(found.c.monday))).all()


def listed(
    cohort: Cohort, *, outcomes: Collection[Outcome], state: str | None = None, reason: str | None = None
) -> Select[Any]:
    """The assignments of the cohort that stand at one of these outcomes, for `fetch_page` by `BY_ACCEPTANCE`.

    `state` and `reason` ask how one was lost; an empty reason asks for those without.
    """
    rows = _kept(select(*_LISTED, outcome(cohort.today).label("outcome")), cohort)
    if frozenset(outcomes) != frozenset(Outcome):
        rows = rows.where(outcome(cohort.today).in_(_texts(outcomes)))
    if state is not None:
        rows = rows.where(_ROW.state == state)
    if reason is not None:
        rows = rows.where(
            _ROW.end_reason == reason if reason else or_(_ROW.end_reason.is_(None), _ROW.end_reason == "")
        )
    return rows


_LISTED = (
    *(_ROW.assignment_id, _ROW.clinician_id, _ROW.client_id, _ROW.facility_id, _ROW.unit, _ROW.discipline),
    *(_ROW.work_state, _ROW.state, _ROW.accepted_at, _ROW.cleared_at, _ROW.first_start_date, _ROW.start_date),
    *(_ROW.started_on, _ROW.first_paid_on, _ROW.is_paid_right, _ROW.ended_on, _ROW.end_reason),
    _ROW.weekly_value_cents,
)


async def choices(session: AsyncSession) -> Sequence[Row[Any]]:
    """What the filters offer, within reach: rows of filter (client, state or discipline) and value, in order."""
    columns = {"client": _ROW.client_id, "state": _ROW.work_state, "discipline": _ROW.discipline}
    found = within(session, select(*columns.values()).where(_ROW.accepted_at.is_not(None))).cte()
    each = [
        select(literal(name).label("filter"), found.c[column.name].label("value"))
        .where(found.c[column.name].is_not(None))
        .group_by(found.c[column.name])
        for name, column in columns.items()
    ]
    offered = union_all(*each).subquery()
    return (await session.execute(select(offered).order_by(offered.c.filter, offered.c.value))).all()


def _texts(outcomes: Collection[Outcome]) -> list[str]:
    return sorted(each.value for each in outcomes)
