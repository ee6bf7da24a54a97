"""The start board over the read model, within reach: totals of each cell, and the first cards of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Row,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
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
    return (_ROW.start_date - literal(wanted.window.origin)) // wanted.window.column_days


async def cells_and_choices(session: AsyncSession, wanted: Starts) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """What the board counts, and what its filters offer, with one statement.

    Rows of lane (a facility, or empty), number of the column, starts, at_risk, and value a week in cents; and rows of
    client_id and discipline of all that starts in the window, within reach.
    """
    rows = select(
        _lane(wanted).label("lane"),
        cast(_column(wanted), BigInteger).label("number"),
        _ROW.risk.label("risk"),
        _ROW.weekly_value_cents.label("value"),
    ).select_from(assignment)
    found = within(session, _in_window(rows, wanted)).subquery()
    risky = func.count().filter(found.c.risk.in_(AT_RISK)).label("at_risk")
    value = cast(func.coalesce(func.sum(found.c.value), 0), BigInteger).label("value")
    nothing = (cast(null(), Text).label("client_id"), cast(null(), Text).label("discipline"))
    counted = select(found.c.lane, found.c.number, func.count().label("starts"), risky, value, *nothing)
    rows_of_both = union_all(counted.group_by(found.c.lane, found.c.number), _choices(session, wanted))
    both = (await session.execute(rows_of_both)).all()
    return [row for row in both if row.lane is not None], [row for row in both if row.lane is None]


def _choices(session: AsyncSession, wanted: Starts) -> Select[Any]:
    inside = _ROW.start_date >= wanted.window.first, _ROW.start_date < wanted.window.end
    starts = select(_ROW.client_id, _ROW.discipline).where(_ROW.is_open, *inside)
    found = within(session, starts).subquery()
    nothing: tuple[ColumnElement[Any], ...] = (cast(null(), Text), *(cast(null(), BigInteger) for _ in range(4)))
    return select(*nothing, found.c.client_id, found.c.discipline).distinct()


async def cards_and_late(
    session: AsyncSession, wanted: Starts, *, lanes: Collection[str], at_most: int, most_late: int
) -> tuple[Sequence[Row[Any]], Sequence[Row[Any]]]:
    """The first cards of each cell of these lanes, and the late ones, with one statement, both by their start.

    Cards have lane and number of their cell; of the late ones there are so many at most, each with `total`, how many
    there are.
    """
    both = union_all(
        _cards(session, wanted, lanes=lanes, at_most=at_most), _late(session, wanted, at_most=most_late)
    ).subquery()
    shown: Select[Any] = select(*_CARD, both.c.lane, both.c.number, both.c.total).join(
        both, both.c.assignment_id == _ROW.assignment_id
    )
    rows: Sequence[Row[Any]] = (await session.execute(shown.order_by(*BY_START))).all()
    return [row for row in rows if row.lane is not None], [row for row in rows if row.lane is None]


def _cards(session: AsyncSession, wanted: Starts, *, lanes: Collection[str], at_most: int) -> Select[Any]:
    lane, number = _lane(wanted).label("lane"), cast(_column(wanted), BigInteger).label("number")
    rows = select(_ROW.assignment_id, _ROW.start_date, lane, number).select_from(assignment)
    if wanted.window.by is not By.STATE and _ONE_LANE not in lanes:
        rows = rows.where(_ROW.facility_id.in_(lanes))  # what the index of facilities and starts answers
    found = within(session, _in_window(rows, wanted)).subquery()
    cell, order = (found.c.lane, found.c.number), (found.c.start_date, found.c.assignment_id)
    place = func.row_number().over(partition_by=cell, order_by=order).label("total")
    placed = select(found.c.assignment_id, *cell, place).where(found.c.lane.in_(lanes)).subquery()
    return select(placed).where(placed.c.total <= at_most)


def _late(session: AsyncSession, wanted: Starts, *, at_most: int) -> Select[Any]:
    of_no_cell = (cast(null(), Text).label("lane"), cast(null(), BigInteger).label("number"))
    late = select(_ROW.assignment_id, *of_no_cell, func.count().over().label("total"))
    found = within(session, _kept(late, wanted).where(*_is_late(wanted)))
    return select(found.order_by(*BY_START).limit(at_most).subquery())


def listed(wanted: Starts) -> Select[Any]:
    """All that the board shows, the late ones as well, for `fetch_page` by `BY_START`."""
    inside = _ROW.start_date >= wanted.window.first, _ROW.start_date < wanted.window.end
    either = or_(and_(*inside, _ROW.state.in_(ON_BOARD)), and_(*_is_late(wanted)))
    return _kept(select(*_CARD), wanted).where(_ROW.start_date.is_not(None), either)


_CARD = (
    *(_ROW.assignment_id, _ROW.clinician_id, _ROW.client_id, _ROW.facility_id, _ROW.unit, _ROW.discipline),
    *(_ROW.specialty, _ROW.state, _ROW.start_date, _ROW.time_zone, _ROW.risk, _ROW.weekly_value_cents),
    *(_ROW.expected_ready_on, _ROW.credentialing, _ROW.payroll, _ROW.housing, _ROW.timekeeping),
)
