"""The markup of the board's table. Written here and not in a template: 120 cards are drawn in a fraction of the time.

Every text is escaped here; what is drawn alike on many cards is drawn once, by the components.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from markupsafe import Markup

from portal.api.pages.page import templates
from portal.api.views import written
from portal.api.views.plain_text import in_ascii
from portal.app.queries.board import Board
from portal.storage.board import STILL, Card
from shared.contracts.assignments import State
from shared.contracts.catalogue import DEPARTMENTS

_BADGES = "components/badge.html"
_KEPT = 4096
"""Of how many cards all but the names is kept: of those that people look at, a few megabytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How the cards of one list are drawn.

    `is_whole`: with facility and value, where no head says them. `says_state`: unless the column says it already;
    while onboarding it is not said, for nearly everybody who is yet to start is.
    """

    is_whole: bool = False
    says_state: bool = True


class Head(NamedTuple):
    """A column's or a lane's title and totals in words."""

    title: str
    starts: str
    at_risk: str
    value: str


class Cell(NamedTuple):
    """The cards of one lane in one column, drawn; `label` is said where the column's head is out of sight."""

    label: str
    cards: Markup
    more: str
    more_href: str


class Lane(NamedTuple):
    """One facility with its cells."""

    id: str
    href: str
    head: Head
    cells: tuple[Cell, ...]


def rows_of(lanes: Iterable[Lane]) -> Markup:
    """The rows of the table: a facility with its totals, and a cell for each column."""
    return Markup("".join([in_ascii(_row(lane)) for lane in lanes]))  # noqa: S704  # every text is escaped


def _row(lane: Lane) -> str:
    title = escape(lane.head.title)
    return f"""\
<tr role="row" id="lane-{escape(lane.id)}">
<td role="cell" class="main align-top!"><a href="{escape(lane.href)}">{title}</a>{_totals(lane.head)}</td>
{"".join([_cell(cell, title) if cell.cards else _EMPTY for cell in lane.cells])}</tr>
"""


_EMPTY = '<td role="cell" class="@max-[44rem]:hidden!"><span class="sr-only">none</span></td>\n'


def _cell(cell: Cell, facility: str) -> str:
    label, more = escape(cell.label), ""
    if cell.more:
        more = (
            f'<a class="mt-1 inline-block text-xs" href="{escape(cell.more_href)}">{escape(cell.more)}'
            f'<span class="sr-only"> at {facility}</span></a>'
        )
    return f"""\
<td role="cell" class="px-1.5! align-top! @max-[44rem]:block! @max-[44rem]:px-0! @max-[44rem]:basis-full" \
data-label="{label}"><ul class="flex flex-col gap-1.5" aria-label="{facility}, {label}">
{cell.cards}</ul>{more}</td>
"""


def _totals(head: Head) -> str:
    """As `totals` of `board/parts.html`, which draws those of the columns."""
    value = f" &middot; {escape(head.value)}" if head.value else ""
    at_risk = f'<small class="block font-semibold text-warn">{escape(head.at_risk)}</small>' if head.at_risk else ""
    return f'<small class="block font-normal text-muted">{escape(head.starts)}{value}</small>{at_risk}'


def cards_of(rows: Iterable[Card], board: Board, drawn: Drawn) -> Markup:
    """The cards of one list: who, where, when, the four lights, and what is not safe about each start."""
    return Markup("".join([in_ascii(_card(row, board, drawn)) for row in rows]))  # noqa: S704  # every text is escaped


def _card(row: Card, board: Board, drawn: Drawn) -> str:
    before, after = _around(row[:STILL], board.today, drawn.says_state)
    name, place, value = escape(written.clinician(board.names, row.clinician_id)), "", ""
    if drawn.is_whole:
        cents = row.weekly_value_cents if board.shows_value else None
        place, value = _place(row, board), "" if cents is None else f" &middot; {written.dollars(cents)}/wk"
    return f"{before[0]}{name}</a>\n{place}{before[1]}{value}{after}"


@lru_cache(maxsize=_KEPT)
def _around(still: tuple[Any, ...], today: date, says_state: bool) -> tuple[tuple[str, str], str]:
    """What stands before the name and before the value, and after both. Most cards are as they were a moment ago."""
    key, unit, discipline, state, start, risk, *lights = still
    key, where = escape(key), escape(" ".join(part for part in (unit, written.discipline(discipline)) if part))
    if says_state and state != State.ONBOARDING:
        where += f" &middot; {escape(written.state(state))}"
    begin = f"""\
<li class="flex min-w-0 flex-col gap-1 rounded-md border border-line bg-raised p-1.5" id="start-{key}" \
data-live-id="{key}">
<a class="clamp font-semibold" href="/assignments/{key}">"""
    day = f'<time datetime="{start.isoformat()}">{written.day(start, today=today)}</time>'
    end = f"""\
</span>
<span class="flex flex-wrap items-center gap-1">{_lights(*lights)}{_risk(risk)}</span>
</li>
"""
    return (begin, f'<span class="text-xs text-muted">{day} &middot; {where}'), end


def _place(row: Card, board: Board) -> str:
    name = escape(written.place(board.names, row.facility_id))
    return f'<a class="clamp text-xs" href="/facilities/{escape(row.facility_id or "")}">{name}</a>\n'


@lru_cache(maxsize=_KEPT)
def _lights(*statuses: str | None) -> str:
    light = _components().light
    pairs = zip(DEPARTMENTS, statuses, strict=True)
    return f'<span class="lights">{"".join(str(light(name, status, is_compact=True)) for name, status in pairs)}</span>'


@lru_cache(maxsize=_KEPT)
def _risk(code: str) -> str:
    """Its badge; where nothing is at risk none."""
    if code == "on_track":
        return ""
    return str(_components().badge(written.RISK_TONES.get(code, "neutral"), written.risk(code)))


def _components() -> Any:
    return templates.get_template(_BADGES).module
