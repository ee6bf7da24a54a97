"""What the start board shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from portal.app.queries.agency import agency_zone
from portal.domain.board import By, Window
from portal.storage import board, names
from portal.storage.board import Starts
from portal.storage.shown import shows
from shared.calendar import local_day
from shared.db.work import Work
from shared.http.pages import Found, PageRequest, fetch_page
from shared.roles import Field

K = TypeVar("K")
Sums = tuple[int, int, int]
LANES = 15
"""Facilities on one page."""
CARDS_OF_CELL = 3
CARDS_OF_STATE = 24
CARDS_OF_ONE_FACILITY = 60
MOST_LATE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardFilter:
    """What is asked of the board; None asks nothing. `first` is today unless said otherwise."""

    by: By = By.WEEK
    first: date | None = None
    days: int = 30
    state: str | None = None
    client_id: str | None = None
    facility_id: str | None = None
    discipline: str | None = None
    risk: str | None = None
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Starts of a cell, a column or a lane, those at risk among them, and their value a week (None: masked)."""

    starts: int
    at_risk: int
    value_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The board: late ones, and for each lane of this page its cards by column.

    `totals` (of columns) are of all that the filters ask, whichever lanes are shown; `lane_totals` and `cells` are of
    all starts of the lanes shown, whichever cards are. `choices` has what the filters offer.
    """

    window: Window
    today: date
    zone: str
    totals: Mapping[int, Total]
    lane_totals: Mapping[str, Total]
    cells: Mapping[tuple[str, int], Total]
    lanes: Sequence[str]
    lane_count: int
    page: int
    cards: Mapping[tuple[str, int], Sequence[Any]]
    late: Sequence[Any]
    late_count: int
    names: Mapping[str, str]
    shows_value: bool
    choices: Sequence[Any]


async def board_page(work: Work, wanted: BoardFilter) -> Board:
    """One page of the board: facilities with the most at risk first, then those with the earliest start."""
    starts, today = await _starts(work, wanted)
    shows_value = shows(work.session, Field.COMMERCIAL)
    counted, choices = await board.cells_and_choices(work.session, starts)
    of_lane = _added((row.lane, row.starts, row.at_risk, row.value) for row in counted)
    of_column = _added((row.number, row.starts, row.at_risk, row.value) for row in counted)
    lanes = _in_order(of_lane, counted)
    page = min(wanted.page, max(-(-len(lanes) // LANES), 1))
    shown = lanes[(page - 1) * LANES : page * LANES]
    cards, late = await board.cards_and_late(
        work.session, starts, lanes=shown, at_most=_at_most(wanted), most_late=MOST_LATE
    )
    here = frozenset(shown)
    named = {key for row in (*cards, *late) for key in (row.clinician_id, row.facility_id, row.client_id)}
    return Board(
        window=starts.window,
        today=today,
        zone=starts.zone,
        totals={number: _total(sums, shows_value=shows_value) for number, sums in of_column.items()},
        lane_totals={lane: _total(of_lane[lane], shows_value=shows_value) for lane in shown},
        cells={
            (row.lane, row.number): _total((row.starts, row.at_risk, row.value), shows_value=shows_value)
            for row in counted
            if row.lane in here
        },
        lanes=shown,
        lane_count=len(lanes),
        page=page,
        cards=_by_cell(cards),
        late=late,
        late_count=late[0].total if late else 0,
        names=await names.names_of(work.session, {*named, wanted.client_id, *(row.client_id for row in choices)}),
        shows_value=shows_value,
        choices=choices,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRows:
    """The board as a list, with the names of whom it shows."""

    found: Found[Any]
    names: Mapping[str, str]
    shows_value: bool


async def starts_listed(work: Work, wanted: BoardFilter, *, paging: PageRequest) -> StartRows:
    """The same starts by their date, for a file."""
    starts, _ = await _starts(work, wanted)
    found = await fetch_page(work.session, board.listed(starts), by=board.BY_START, paging=paging)
    ids = {key for row in found.rows for key in (row.clinician_id, row.facility_id, row.client_id)}
    named = await names.names_of(work.session, ids)
    return StartRows(found=found, names=named, shows_value=shows(work.session, Field.COMMERCIAL))


async def _starts(work: Work, wanted: BoardFilter) -> tuple[Starts, date]:
    zone = await agency_zone(work)
    today = local_day(work.now, zone)
    starts = Starts(
        window=Window(first=wanted.first or today, days=wanted.days, by=wanted.by),
        now=work.now,
        zone=zone,
        state=wanted.state,
        client_id=wanted.client_id,
        facility_id=wanted.facility_id,
        discipline=wanted.discipline,
        risk=wanted.risk,
    )
    return starts, today


def _at_most(wanted: BoardFilter) -> int:
    if wanted.by is By.STATE:
        return CARDS_OF_STATE
    return CARDS_OF_ONE_FACILITY if wanted.facility_id else CARDS_OF_CELL


def _in_order(of_lane: Mapping[str, Sums], counted: Sequence[Any]) -> list[str]:
    earliest: dict[str, int] = {}
    for lane, number, *_ in counted:
        earliest[lane] = min(number, earliest.get(lane, number))
    return sorted(earliest, key=lambda lane: (-of_lane[lane][1], earliest[lane], lane))


def _added(cells: Iterable[tuple[K, int, int, int]]) -> dict[K, Sums]:
    """Starts, those at risk and their value in cents of each lane or each column, from those of their cells."""
    found: dict[K, Sums] = {}
    for key, starts, at_risk, value in cells:
        so_far = found.get(key, (0, 0, 0))
        found[key] = (so_far[0] + starts, so_far[1] + at_risk, so_far[2] + value)
    return found


def _total(sums: Sums, *, shows_value: bool) -> Total:
    starts, at_risk, value = sums
    return Total(starts=starts, at_risk=at_risk, value_cents=value if shows_value else None)


def added(totals: Sequence[Total], *, shows_value: bool) -> Total:
    """All of them together."""
    return Total(
        starts=sum(total.starts for total in totals),
        at_risk=sum(total.at_risk for total in totals),
        value_cents=sum(total.value_cents or 0 for total in totals) if shows_value else None,
    )


def _by_cell(cards: Sequence[Any]) -> dict[tuple[str, int], list[Any]]:
    cells: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for row in cards:
        cells[row.lane, row.number].append(row)
    return cells
