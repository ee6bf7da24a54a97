"""The markup of the board's cards. Written here and not in a template: 120 cards are drawn in a fraction of the time.

Every text is escaped here; what is drawn alike on many cards is drawn once, by the components.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from html import escape
from typing import Any

from markupsafe import Markup

from portal.api.pages.page import templates
from portal.api.views import written
from portal.app.queries.board import Board
from shared.contracts.assignments import State
from shared.contracts.catalogue import DEPARTMENTS

_BADGES = "components/badge.html"
_KEPT = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """How the cards of one list are drawn.

    `is_whole`: with facility and value, where no head says them. `says_state`: unless the column says it already;
    while onboarding it is not said, for nearly everybody who is yet to start is.
    """

    is_whole: bool = False
    says_state: bool = True


def cards_of(rows: Iterable[Any], board: Board, drawn: Drawn) -> Markup:
    """The cards of one list: who, where, when, the four lights, and what is not safe about each start."""
    return Markup("".join([_card(row, board, drawn) for row in rows]))  # noqa: S704  # every text is escaped


def _card(row: Any, board: Board, drawn: Drawn) -> str:
    key, start = escape(row.assignment_id), row.start_date
    where = escape(" ".join(part for part in (row.unit, row.discipline) if part))
    if row.state != State.ONBOARDING and drawn.says_state:
        where += f" · {escape(written.state(row.state))}"
    place = ""
    if drawn.is_whole:
        place, value = _place(row, board), row.weekly_value_cents if board.shows_value else None
        where = f"{where} · {written.dollars(value)}/wk" if value is not None else where
    lights = _lights(row.credentialing, row.payroll, row.housing, row.timekeeping)
    return f"""\
<li class="flex min-w-0 flex-col gap-1 rounded-md border border-line bg-raised p-1.5" id="start-{key}" \
data-live-id="{key}">
<a class="clamp font-semibold" href="/assignments/{key}">{escape(written.clinician(board.names, row.clinician_id))}</a>
{place}<span class="text-xs text-muted">{_day(start, board.today)} · {where}</span>
<span class="flex flex-wrap items-center gap-1">{lights}{_risk(row.risk)}</span>
</li>
"""


def _place(row: Any, board: Board) -> str:
    name = escape(written.place(board.names, row.facility_id))
    return f'<a class="clamp text-xs" href="/facilities/{escape(row.facility_id or "")}">{name}</a>\n'


@lru_cache(maxsize=_KEPT)
def _day(day: date, today: date) -> str:
    return f'<time datetime="{day.isoformat()}">{written.day(day, today=today)}</time>'


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
