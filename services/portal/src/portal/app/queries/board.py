"""What the start board shows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from portal.app.queries.agency import THE_AGENCY, agency_zone
from portal.domain.board import By, Window
from portal.storage import board, names
from portal.storage.board import LANES, Card, Placed, Starts, Sums
from portal.storage.shown import shows
from shared.calendar import local_day
from shared.db import replicas
from shared.db.work import Work
from shared.roles import Field

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
    all starts of the lanes shown, whichever cards are. `clients` and `disciplines` are what the filters offer.
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
    cards: Mapping[tuple[str, int], Sequence[Card]]
    late: Sequence[Card]
    late_count: int
    names: Mapping[str, str]
    shows_value: bool
    clients: Sequence[str]
    disciplines: Sequence[str]


async def board_page(work: Work, wanted: BoardFilter) -> Board:
    """One page of the board: facilities with the most at risk first, then those with the earliest start."""
    starts, today = await _starts(work, wanted)
    shows_value = shows(work.session, Field.COMMERCIAL)
    sums, clients, disciplines = await board.totals(work.session, starts, page=wanted.page)
    of_lanes = [one for one in sums if one.lane is not None and one.number is None]
    lanes = [one.lane for one in of_lanes if one.lane is not None]
    lane_count = (of_lanes[0].lanes if of_lanes else 0) or 0
    placed = await board.cards_and_late(
        work.session, starts, lanes=lanes, at_most=_at_most(wanted), most_late=MOST_LATE
    )
    late = [one for one in placed if one.lane is None]
    others = {wanted.client_id, wanted.facility_id, *(one.card.client_id for one in late)} - clients.keys()
    known = _names_in(placed, of_lanes, clients) | dict(await names.names_of(work.session, others))
    return Board(
        window=starts.window,
        today=today,
        zone=starts.zone,
        totals={one.number: _total(one, shows_value) for one in sums if one.lane is None and one.number is not None},
        lane_totals={one.lane: _total(one, shows_value) for one in of_lanes if one.lane is not None},
        cells={
            (one.lane, one.number): _total(one, shows_value)
            for one in sums
            if one.lane is not None and one.number is not None
        },
        lanes=lanes,
        lane_count=lane_count,
        page=min(wanted.page, max(-(-lane_count // LANES), 1)),
        cards=_by_cell(placed),
        late=[one.card for one in late],
        late_count=late[0].late if late else 0,
        names=known,
        shows_value=shows_value,
        clients=[*clients],
        disciplines=disciplines,
    )


def _names_in(placed: Iterable[Placed], lanes: Iterable[Sums], clients: Mapping[str, str | None]) -> dict[str, str]:
    """The names that came with the cards, the lanes and the clients, by id."""
    found: dict[str | None, str | None] = {one.card.clinician_id: one.clinician for one in placed}
    found |= {one.card.facility_id: one.facility for one in placed}
    found |= {one.lane: one.name for one in lanes}
    return {key: name for key, name in (*found.items(), *clients.items()) if key and name}


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRows:
    """The board as a list, with the names of whom it shows."""

    rows: Sequence[Card]
    names: Mapping[str, str]
    shows_value: bool


async def starts_listed(work: Work, wanted: BoardFilter, *, limit: int) -> StartRows:
    """The first `limit` of the same starts by their date, for a file."""
    starts, _ = await _starts(work, wanted)
    rows = await board.listed(work.session, starts, limit=limit)
    ids = {key for row in rows for key in (row.clinician_id, row.facility_id, row.client_id)}
    named = await names.names_of(work.session, ids)
    return StartRows(rows=rows, names=named, shows_value=shows(work.session, Field.COMMERCIAL))


async def _starts(work: Work, wanted: BoardFilter) -> tuple[Starts, date]:
    await replicas.load(work.session, [THE_AGENCY, work.principal.subject])  # whose name the page's frame shows
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


def _total(sums: Sums, shows_value: bool) -> Total:
    return Total(starts=sums.starts, at_risk=sums.at_risk, value_cents=sums.value if shows_value else None)


def added(totals: Sequence[Total], *, shows_value: bool) -> Total:
    """All of them together."""
    return Total(
        starts=sum(total.starts for total in totals),
        at_risk=sum(total.at_risk for total in totals),
        value_cents=sum(total.value_cents or 0 for total in totals) if shows_value else None,
    )


def _by_cell(placed: Iterable[Placed]) -> Mapping[tuple[str, int], Sequence[Card]]:
    cells: dict[tuple[str, int], list[Card]] = defaultdict(list)
    for one in placed:
        if one.lane is not None and one.number is not None:
            cells[one.lane, one.number].append(one.card)
    return cells
