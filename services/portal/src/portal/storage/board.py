"""The start board over the read model, within reach: totals of each cell, and the first cards of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, DateTime, Row, Select, and_, case, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.board import AT_RISK, BEFORE_START, ON_BOARD, By, Window
from portal.storage.tables import assignment
from shared.db.within import within

_ROW = assignment.c
BY_START = (_ROW.start_date, _ROW.assignment_id)
"""The order of starts as a list."""
_ONE_LANE = ""
_INSTANT = DateTime(timezone=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Starts:
    """Which starts the board shows; None asks nothing. `now` and the agency's `zone` say what is late where."""

    window: Window
    now: datetime
    zone: str
    state: str | None = None
    client_id: str | None = None
    facility_id: str | None = None
    discipline: str | None = None
    risk: str | None = None


def _kept(query: Select[Any], wanted: Starts) -> Select[Any]:
    equal = {
        _ROW.state: wanted.state,
        _ROW.client_id: wanted.client_id,
        _ROW.facility_id: wanted.facility_id,
        _ROW.discipline: wanted.discipline,
        _ROW.risk: wanted.risk,
    }
    return query.where(_ROW.is_open, *(column == value for column, value in equal.items() if value is not None))


def _is_late(wanted: Starts) -> Sequence[ColumnElement[bool]]:
    """What `is_late` decides, by the day it is at each facility; the first part is what an index can answer."""
    its_today = func.date(func.timezone(func.coalesce(_ROW.time_zone, wanted.zone), literal(wanted.now, _INSTANT)))
    tomorrow = wanted.now.astimezone(UTC).date() + timedelta(days=1)
    return _ROW.start_date <= tomorrow, _ROW.start_date < its_today, _ROW.state.in_(BEFORE_START)


def _in_window(query: Select[Any], wanted: Starts) -> Select[Any]:
    """Those that start within the window, but for late ones: they stand on top."""
    inside = _ROW.start_date >= wanted.window.first, _ROW.start_date < wanted.window.end
    return _kept(query, wanted).where(*inside, _ROW.state.in_(ON_BOARD), ~and_(*_is_late(wanted)))


def _lane(wanted: Starts) -> ColumnElement[Any]:
    return literal(_ONE_LANE) if wanted.window.by is By.STATE else func.coalesce(_ROW.facility_id, _ONE_LANE)


def _column(wanted: Starts) -> ColumnElement[Any]:
    """The number of the column: of the day or the week, or the state's place in its order."""
    if wanted.window.by is By.STATE:
        return case({state: number for number, state in enumerate(ON_BOARD)}, value=_ROW.state)
    days = _ROW.start_date - literal(wanted.window.origin)
    return func.div(days, wanted.window.column_days)


async def cells(session: AsyncSession, wanted: Starts) -> Sequence[Row[Any]]:
    """Rows of lane (a facility, or empty), number of the column, starts, at_risk, and value a week in cents."""
    rows = select(
        _lane(wanted).label("lane"),
        cast(_column(wanted), BigInteger).label("number"),
        _ROW.risk.label("risk"),
        _ROW.weekly_value_cents.label("value"),
    ).select_from(assignment)
    found = within(session, _in_window(rows, wanted)).subquery()
    risky = func.count().filter(found.c.risk.in_(AT_RISK)).label("at_risk")
    value = cast(func.coalesce(func.sum(found.c.value), 0), BigInteger).label("value")
    grouped = select(found.c.lane, found.c.number, func.count().label("starts"), risky, value)
    return (await session.execute(grouped.group_by(found.c.lane, found.c.number))).all()


async def cards(session: AsyncSession, wanted: Starts, *, lanes: Collection[str], at_most: int) -> Sequence[Row[Any]]:
    """The first cards of each cell of these lanes, earliest start first, with lane and number of their cell."""
    lane, number = _lane(wanted), cast(_column(wanted), BigInteger)
    rows = select(*_CARD, lane.label("lane"), number.label("number")).select_from(assignment)
    found = within(session, _in_window(rows, wanted)).subquery()
    place = func.row_number().over(
        partition_by=(found.c.lane, found.c.number), order_by=(found.c.start_date, found.c.assignment_id)
    )
    placed = select(found, place.label("place")).where(found.c.lane.in_(lanes)).subquery()
    shown = select(placed).where(placed.c.place <= at_most)
    return (await session.execute(shown.order_by(placed.c.start_date, placed.c.assignment_id))).all()


async def late(session: AsyncSession, wanted: Starts, *, at_most: int) -> Sequence[Row[Any]]:
    """The late ones, longest first, at most so many; each with `total`, how many there are."""
    found = within(session, _kept(select(*_CARD), wanted).where(*_is_late(wanted))).subquery()
    shown = select(found, func.count().over().label("total"))
    return (await session.execute(shown.order_by(found.c.start_date, found.c.assignment_id).limit(at_most))).all()


def listed(wanted: Starts) -> Select[Any]:
    """All that the board shows, the late ones as well, for `fetch_page` by `BY_START`."""
    inside = _ROW.start_date >= wanted.window.first, _ROW.start_date < wanted.window.end
    either = or_(and_(*inside, _ROW.state.in_(ON_BOARD)), and_(*_is_late(wanted)))
    return _kept(select(*_CARD), wanted).where(_ROW.start_date.is_not(None), either)


async def choices(session: AsyncSession) -> Sequence[Row[Any]]:
    """What the filters offer: rows of client_id and discipline of what is open, within reach."""
    open_ones = select(_ROW.client_id, _ROW.discipline).where(_ROW.is_open)
    found = within(session, open_ones).subquery()
    return (await session.execute(select(found).distinct().order_by(found.c.client_id, found.c.discipline))).all()


_CARD = (
    *(_ROW.assignment_id, _ROW.clinician_id, _ROW.client_id, _ROW.facility_id, _ROW.unit, _ROW.discipline),
    *(_ROW.specialty, _ROW.state, _ROW.start_date, _ROW.time_zone, _ROW.risk, _ROW.weekly_value_cents),
    *(_ROW.expected_ready_on, _ROW.credentialing, _ROW.payroll, _ROW.housing, _ROW.timekeeping),
)
