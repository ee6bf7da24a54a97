"""The start board as its templates show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from portal.api.pages.asked import address
from portal.api.pages.export import Row, Table
from portal.api.views import written
from portal.api.views.board_markup import Cell, Drawn, Head, Lane, cards_of, rows_of
from portal.app.queries.board import Board, BoardFilter, StartRows, Total, added
from portal.domain.board import BEFORE_START, ON_BOARD, By
from portal.domain.words import RISKS, STATES, STATUSES
from portal.storage.board import LANES, Card
from shared.contracts.catalogue import DEPARTMENTS
from shared.money import Money

PATH = "/board"
Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FiltersView:
    """The form of filters: what is asked, and what each select offers. Nobody's name is in it."""

    asked: BoardFilter
    first: str
    days: Options
    states: Options
    clients: Options
    disciplines: Options
    risks: Options
    applied_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """The whole page. `here` is its own address; `ids` are the assignments shown, with blanks between them."""

    here: str
    ids: str
    export: tuple[tuple[str, str], ...]
    segments: tuple[tuple[str, str, bool], ...]
    filters: FiltersView
    applied: tuple[tuple[str, str, str], ...]
    summary: tuple[tuple[str, str, str], ...]
    late: Markup
    late_text: str
    late_more: str
    columns: tuple[Head, ...]
    states: tuple[tuple[Head, Cell], ...]
    rows: Markup
    is_by_state: bool
    is_empty: bool
    is_filtered: bool
    clear_href: str
    pages: tuple[str, str | None, str | None]
    earlier: str
    later: str
    span: str


def board_view(board: Board, wanted: BoardFilter) -> BoardView:
    """The board in words and addresses."""
    titles = _titles(board, wanted)
    lanes = tuple(_lane(board, wanted, lane, titles) for lane in board.lanes)
    total = added(tuple(board.totals.values()), shows_value=board.shows_value)
    return BoardView(
        here=_here(wanted),
        ids=" ".join(row.assignment_id for row in (*board.late, *(row for of in board.cards.values() for row in of))),
        export=tuple((each.upper(), _here(wanted, format=each)) for each in ("csv", "xlsx")),
        segments=tuple((_BY_TEXT[by], _here(wanted, by=by, page=None), by is wanted.by) for by in By),
        filters=_filters(board, wanted),
        applied=_applied(board, wanted),
        summary=_summary(board, total),
        late=cards_of(board.late, board, _LATE),
        late_text=written.plural(board.late_count, "start day has passed", many="start days have passed"),
        late_more=f"and {board.late_count - len(board.late):,} more" if board.late_count > len(board.late) else "",
        columns=tuple(_head(title, board.totals.get(number)) for number, title in enumerate(titles)),
        states=_states(board, wanted, lanes) if wanted.by is By.STATE else (),
        rows=Markup() if wanted.by is By.STATE else rows_of(lanes),
        is_by_state=wanted.by is By.STATE,
        is_empty=not board.lane_count and not board.late,
        is_filtered=bool(_applied(board, wanted)),
        clear_href=address(PATH, by=wanted.by),
        pages=_pages(board, wanted),
        earlier=_moved(board, wanted, -1),
        later=_moved(board, wanted, 1),
        span=written.days_between(board.window.columns()[0][0], board.window.columns()[-1][1]),
    )


_LATE, _OF_STATE, _OF_DAYS = Drawn(is_whole=True), Drawn(is_whole=True, says_state=False), Drawn()
_BY_TEXT = {By.WEEK: "By week", By.DAY: "By day", By.STATE: "By state"}


def _here(wanted: BoardFilter, **changes: Any) -> str:
    asked = {
        "by": None if wanted.by is By.WEEK else wanted.by,
        "from": wanted.first,
        "days": None if wanted.days == BoardFilter().days else wanted.days,
        "state": wanted.state,
        "client": wanted.client_id,
        "facility": wanted.facility_id,
        "discipline": wanted.discipline,
        "risk": wanted.risk,
        "page": None if wanted.page == 1 else wanted.page,
    }
    return address(PATH, **{**asked, **changes})


def _moved(board: Board, wanted: BoardFilter, direction: int) -> str:
    window = board.window
    first = window.first + direction * (window.end - window.first)
    return _here(wanted, **{"from": first, "page": None})


def _titles(board: Board, wanted: BoardFilter) -> tuple[str, ...]:
    if wanted.by is By.STATE:
        return tuple(STATES[state] for state in ON_BOARD)
    return tuple(written.days_between(first, last) for first, last in board.window.columns())


def _lane(board: Board, wanted: BoardFilter, lane: str, titles: Sequence[str]) -> Lane:
    cells = tuple(_cell(board, wanted, (lane, number), label=title) for number, title in enumerate(titles))
    name = written.place(board.names, lane)
    return Lane(
        id=lane or "all", href=f"/facilities/{lane}", head=_head(name, board.lane_totals.get(lane)), cells=cells
    )


def _states(board: Board, wanted: BoardFilter, lanes: Sequence[Lane]) -> tuple[tuple[Head, Cell], ...]:
    """The columns of states that anybody is in."""
    cells = lanes[0].cells if lanes else ()
    heads = [_head(title, board.totals.get(number)) for number, title in enumerate(_titles(board, wanted))]
    return tuple(pair for pair in zip(heads, cells, strict=False) if pair[1].cards)


def _cell(board: Board, wanted: BoardFilter, place: tuple[str, int], *, label: str) -> Cell:
    is_by_state = wanted.by is By.STATE
    rows = board.cards.get(place, ())
    total = board.cells.get(place)
    more = total.starts - len(rows) if total else 0
    lane, number = place
    narrower = {"state": ON_BOARD[number], "by": None} if is_by_state else {"facility": lane}
    return Cell(
        label=label,
        cards=cards_of(rows, board, _OF_STATE if is_by_state else _OF_DAYS),
        more=f"{more:,} more" if more else "",
        more_href=_here(wanted, **{**narrower, "page": None}) if more else "",
    )


def _head(title: str, total: Total | None) -> Head:
    total = total or Total(starts=0, at_risk=0, value_cents=0)
    return Head(
        title=title,
        starts=written.plural(total.starts, "start"),
        at_risk=f"{total.at_risk:,} at risk" if total.at_risk else "",
        value=f"{written.dollars(total.value_cents)}/wk" if total.starts and total.value_cents is not None else "",
    )


def _summary(board: Board, total: Total) -> tuple[tuple[str, str, str], ...]:
    """The figures on top: name, figure, definition."""
    share = (total.at_risk * 100 + total.starts // 2) // total.starts if total.starts else 0
    value = written.dollars(total.value_cents) if board.shows_value else written.MASKED
    return (
        ("Starts", f"{total.starts:,}", "Open assignments whose start lies in these days."),
        ("At risk", f"{total.at_risk:,} ({share} %)", "Of these, those at risk, blocked or expected too late."),
        ("Not started", f"{board.late_count:,}", "Open assignments whose start has passed and that have not begun."),
        ("Value a week", value, "Guaranteed hours at the regular bill rate, of all starts in these days."),
    )


def _options(pairs: Sequence[tuple[str, str]], any_text: str) -> Options:
    return (("", any_text), *pairs)


def _filters(board: Board, wanted: BoardFilter) -> FiltersView:
    clients = {*board.clients, *(card.client_id for card in board.late), wanted.client_id}
    named = sorted(
        ((key, written.place(board.names, key)) for key in clients if key), key=lambda pair: (pair[1].lower(), pair[0])
    )
    disciplines = {*board.disciplines, *(card.discipline for card in board.late), wanted.discipline}
    days = sorted({7, 14, 30, 60, 90, wanted.days})
    return FiltersView(
        asked=wanted,
        first=board.window.first.isoformat(),
        days=tuple((str(each), f"{each} days") for each in days),
        states=_options([(state, STATES[state]) for state in ON_BOARD], "Any state"),
        clients=_options(named, "Any client"),
        disciplines=_options(
            [(each, written.discipline(each)) for each in sorted(filter(None, disciplines))], "Any discipline"
        ),
        risks=_options([(code, RISKS[code]) for code in ("on_track", "at_risk", "late", "blocked")], "Any risk"),
        applied_count=len(_applied(board, wanted)),
    )


def _applied(board: Board, wanted: BoardFilter) -> tuple[tuple[str, str, str], ...]:
    """Each filter in force: name, value, and the address without it."""
    named = (
        ("State", wanted.state and STATES.get(wanted.state, wanted.state), "state"),
        ("Client", wanted.client_id and written.place(board.names, wanted.client_id), "client"),
        ("Facility", wanted.facility_id and written.place(board.names, wanted.facility_id), "facility"),
        ("Discipline", written.discipline(wanted.discipline), "discipline"),
        ("Risk", wanted.risk and written.risk(wanted.risk), "risk"),
    )
    return tuple((name, value, _here(wanted, **{field: None, "page": None})) for name, value, field in named if value)


def _pages(board: Board, wanted: BoardFilter) -> tuple[str, str | None, str | None]:
    """How many facilities are shown of how many, and the addresses of the pages beside this one."""
    last = max(-(-board.lane_count // LANES), 1)
    before = _here(wanted, page=board.page - 1) if board.page > 1 else None
    after = _here(wanted, page=board.page + 1) if board.page < last else None
    return f"{len(board.lanes):,} of {board.lane_count:,} facilities", before, after


def board_table(listed: StartRows) -> Table:
    """The same starts as a file."""
    heads = ("Start", "Clinician", "Facility", "Unit", "Client", "Discipline", "State", "Not started yet", "Risk")
    lights = tuple(department.capitalize() for department in DEPARTMENTS)
    columns = (*heads, *lights, "Ready expected", "Value a week", "Assignment")
    return Table(name="starts", columns=columns, rows=[_exported(row, listed) for row in listed.rows])


def _exported(row: Card, listed: StartRows) -> Row:
    cents = row.weekly_value_cents if listed.shows_value else None
    return (
        row.start_date,
        written.clinician(listed.names, row.clinician_id),
        written.place(listed.names, row.facility_id),
        row.unit,
        written.place(listed.names, row.client_id),
        written.discipline(row.discipline),
        written.state(row.state),
        row.state in BEFORE_START,
        written.risk(row.risk),
        *(STATUSES.get(getattr(row, department) or "", "") for department in DEPARTMENTS),
        row.expected_ready_on,
        None if cents is None else Money(cents),
        row.assignment_id,
    )
