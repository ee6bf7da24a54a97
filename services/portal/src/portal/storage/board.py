"""The start board over the read model, within reach: totals of each cell, and the first cards of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.board import AT_RISK, ON_BOARD, By, Window
from portal.storage.names import CLIENTS, CLINICIANS, FACILITIES, shows_contacts
from portal.storage.reached import run_within
from portal.storage.tables import NOT_BEGUN

LANES: Final = 25
"""Facilities on one page."""


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


class Sums(NamedTuple):
    """Starts, those at risk among them and their value a week in cents: of a cell, a lane or a column.

    A lane's number is None, a column's lane is. Lanes and their cells have `place`, the lane's in the order of lanes
    from 0 on, and `lanes`, how many there are; a lane has its facility's name, where that is known.
    """

    lane: str | None
    number: int | None
    starts: int
    at_risk: int
    value: int
    place: int | None
    lanes: int | None
    name: str | None


class Card(NamedTuple):
    """One start as a card shows it; `STILL` of its fields, the first ones, say all that a card shows but names."""

    assignment_id: str
    unit: str | None
    discipline: str | None
    state: str
    start_date: date
    risk: str
    credentialing: str | None
    payroll: str | None
    housing: str | None
    timekeeping: str | None
    clinician_id: str | None
    client_id: str | None
    facility_id: str | None
    specialty: str | None
    time_zone: str | None
    weekly_value_cents: int | None
    expected_ready_on: date | None


STILL: Final = Card._fields.index("clinician_id")


class Placed(NamedTuple):
    """A card and its cell; late ones stand in none, and `late` counts all of them.

    `clinician` and `facility` are names, None where they are not known or not to be shown.
    """

    card: Card
    clinician: str | None
    facility: str | None
    lane: str | None
    number: int | None
    late: int


class Totals(NamedTuple):
    """The sums of every column, of the lanes on a page, in their order, and of the cells of those lanes.

    `clients` (names by id, None where not known) and `disciplines` are what the filters offer: of all that starts in
    the window, within reach.
    """

    sums: Sequence[Sums]
    clients: Mapping[str, str | None]
    disciplines: Sequence[str]


async def totals(session: AsyncSession, wanted: Starts, *, page: int) -> Totals:
    """What the board counts, and what its filters offer, with one statement.

    Lanes with the most at risk come first, then those with the earliest start. A page after the last one is the last.
    """
    sql, asked = _TOTALS[wanted.window.by is By.STATE], _values(wanted)
    rows = await run_within(session, sql, **asked, page=page - 1)
    found = [tuple(row.values()) for row in rows]
    return Totals(
        sums=[Sums._make(values) for kind, *values in found if kind == _SUM],
        clients={key: name for kind, key, *_, name in found if kind == _CLIENT},
        disciplines=[word for kind, word, *_ in found if kind == _DISCIPLINE],
    )


async def cards_and_late(
    session: AsyncSession, wanted: Starts, *, lanes: Collection[str], at_most: int, most_late: int
) -> Sequence[Placed]:
    """The first cards of each cell of these lanes, and the first of the late ones, all by their start."""
    sql, asked = _CARDS[wanted.window.by is By.STATE], _values(wanted)
    named = CLINICIANS if shows_contacts(session) else None
    rows = await run_within(session, sql, **asked, lanes=lanes, at_most=at_most, most_late=most_late, clinicians=named)
    found = [tuple(row.values()) for row in rows]
    width = len(Card._fields)
    return [Placed._make((Card._make(row[:width]), *row[width:])) for row in found]


async def listed(session: AsyncSession, wanted: Starts, *, limit: int) -> Sequence[Card]:
    """All that the board shows, the late ones as well, by their start."""
    rows = await run_within(session, _LISTED, **_values(wanted), limit=limit)
    return [Card._make(tuple(row.values())) for row in rows]


def _values(wanted: Starts) -> Mapping[str, Any]:
    window = wanted.window
    by_days = {} if window.by is By.STATE else {"origin": window.origin, "column_days": window.column_days}
    return {
        **by_days,
        "first": window.first,
        "end": window.end,
        "now": wanted.now,
        "zone": wanted.zone,
        "tomorrow": wanted.now.astimezone(UTC).date() + timedelta(days=1),
        "state": wanted.state,
        "client_id": wanted.client_id,
        "facility_id": wanted.facility_id,
        "discipline": wanted.discipline,
        "risk": wanted.risk,
    }


def _among(names: Collection[str]) -> str:
    """Names of ours as SQL has them."""
    return ", ".join(f"'{name}'" for name in names)


def _by_state(sql: str) -> str:
    """One lane, and the number of the column is the state's place in its order."""
    state = f"array_position(ARRAY[{_among(ON_BOARD)}], state) - 1"
    return sql.replace("{lane}", "CAST('' AS text)").replace("{number}", state).replace("{of_lanes}", "is_open")


def _by_days(sql: str) -> str:
    """A lane for each facility, and the number of the day or of the week."""
    days = "(start_date - CAST(:origin AS date)) / CAST(:column_days AS integer)"
    # Either way an index finds them.
    lanes = "(facility_id = ANY(CAST(:lanes AS text[])) OR (facility_id IS NULL AND '' = ANY(CAST(:lanes AS text[]))))"
    lane = "coalesce(facility_id, '')"
    return sql.replace("{lane}", lane).replace("{number}", days).replace("{of_lanes}", lanes)


_ASKED = """
    is_open AND {reached}
    AND (CAST(:state AS text) IS NULL OR state = :state)
    AND (CAST(:client_id AS text) IS NULL OR client_id = :client_id)
    AND (CAST(:facility_id AS text) IS NULL OR facility_id = :facility_id)
    AND (CAST(:discipline AS text) IS NULL OR discipline = :discipline)
    AND (CAST(:risk AS text) IS NULL OR risk = :risk)
"""
# What `is_late` decides, by the day it is at each facility; the first two lines are what an index answers.
_IS_LATE = f"""
    {NOT_BEGUN}
    AND start_date <= CAST(:tomorrow AS date)
    AND start_date < CAST(timezone(coalesce(time_zone, :zone), CAST(:now AS timestamptz)) AS date)
"""
_IN_WINDOW = "start_date >= CAST(:first AS date) AND start_date < CAST(:end AS date)"
_COLUMNS = ", ".join(Card._fields)
_NAME = "CAST(body AS json) ->> 'name'"
_NO_SUMS = "NULL, NULL, NULL, NULL, NULL, NULL"

_SUM, _CLIENT, _DISCIPLINE = "sum", "client", "discipline"
_TOTALS_OF = f"""
    WITH start AS MATERIALIZED (
        SELECT {{lane}} AS lane, {{number}} AS number, risk, weekly_value_cents, client_id, discipline,
            {_ASKED} AND state IN ({_among(ON_BOARD)}) AND NOT ({_IS_LATE}) AS is_shown
        FROM assignment WHERE is_open AND {{reached}} AND {_IN_WINDOW}
    ), summed AS (
        SELECT lane, number, count(*) AS starts, count(*) FILTER (WHERE risk IN ({_among(AT_RISK)})) AS at_risk,
            CAST(coalesce(sum(weekly_value_cents), 0) AS bigint) AS value, min(number) AS earliest
        FROM start WHERE is_shown GROUP BY GROUPING SETS ((lane, number), (lane), (number))
    ), lane AS (
        SELECT lane, row_number() OVER (ORDER BY at_risk DESC, earliest, lane) - 1 AS place, count(*) OVER () AS lanes
        FROM summed WHERE number IS NULL
    )
    SELECT '{_SUM}' AS kind, summed.lane, number, starts, at_risk, value, place, lanes, {_NAME} AS name
    FROM summed LEFT JOIN lane ON lane.lane = summed.lane
    LEFT JOIN replica ON topic = '{FACILITIES}' AND key = summed.lane AND number IS NULL
    WHERE summed.lane IS NULL OR place / {LANES} = least(CAST(:page AS bigint), (lanes - 1) / {LANES})
    UNION ALL
    SELECT '{_CLIENT}', client_id, {_NO_SUMS}, {_NAME}
    FROM (SELECT client_id FROM start WHERE client_id IS NOT NULL GROUP BY client_id) AS client
    LEFT JOIN replica ON topic = '{CLIENTS}' AND key = client_id
    UNION ALL
    SELECT '{_DISCIPLINE}', discipline, {_NO_SUMS}, NULL FROM start WHERE discipline IS NOT NULL GROUP BY discipline
    ORDER BY place, number
"""  # noqa: S608  # nothing but names of ours
_CARDS_OF = f"""
    SELECT {_COLUMNS}, {_NAME.replace("body", "c.body")} AS clinician, {_NAME.replace("body", "f.body")} AS facility,
        lane, number, late
    FROM (
        SELECT {_COLUMNS}, lane, number, CAST(0 AS bigint) AS late FROM (
            SELECT *, row_number() OVER (PARTITION BY lane, number ORDER BY start_date, assignment_id) AS place FROM (
                SELECT {_COLUMNS}, {{lane}} AS lane, {{number}} AS number FROM assignment
                WHERE {{of_lanes}} AND {_IN_WINDOW} AND {_ASKED} AND state IN ({_among(ON_BOARD)}) AND NOT ({_IS_LATE})
            ) AS start
        ) AS placed WHERE place <= CAST(:at_most AS bigint)
        UNION ALL (
            SELECT {_COLUMNS}, NULL, NULL, count(*) OVER () FROM assignment WHERE {_ASKED} AND {_IS_LATE}
            ORDER BY start_date, assignment_id LIMIT CAST(:most_late AS bigint)
        )
    ) AS card
    LEFT JOIN replica AS c ON c.topic = CAST(:clinicians AS text) AND c.key = clinician_id
    LEFT JOIN replica AS f ON f.topic = '{FACILITIES}' AND f.key = facility_id
    ORDER BY start_date, assignment_id
"""  # noqa: S608
_TOTALS = {True: _by_state(_TOTALS_OF), False: _by_days(_TOTALS_OF)}
_CARDS = {True: _by_state(_CARDS_OF), False: _by_days(_CARDS_OF)}
_LISTED = f"""
    SELECT {_COLUMNS} FROM assignment
    WHERE {_ASKED} AND (({_IN_WINDOW} AND state IN ({_among(ON_BOARD)})) OR ({_IS_LATE}))
    ORDER BY start_date, assignment_id LIMIT CAST(:limit AS bigint)
"""  # noqa: S608
