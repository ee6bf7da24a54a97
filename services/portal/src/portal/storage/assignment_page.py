"""What the pages of assignments read: lists within reach, an assignment's items, and its part of the timeline."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, cast, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.entry import Entry
from portal.storage.directory import clinician_entry
from portal.storage.names import PEOPLE
from portal.storage.reached import run_within
from portal.storage.shown import shows
from portal.storage.tables import assignment, timeline_entry
from shared.contracts.assignments import ClinicianChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.within import within
from shared.roles import Field

_TOLD = (
    select(timeline_entry, assignment.c.source)
    .outerjoin(assignment, assignment.c.assignment_id == timeline_entry.c.assignment_id)
    .subquery("told")
)
"""The timeline with the source of the assignment that each entry is about: a source's own system reaches by it.

Where nobody asks for the source, PostgreSQL leaves the other table out.
"""
_ROW, _ENTRY = assignment.c, _TOLD.c
MOST_WORDS = 6
MOST_ITEMS = 200
MOST_FOUND = 200
MOST_EFFECTS = 50
RECENT = 50
WEEK = timedelta(days=7)
_ENTRIES = tuple(_ENTRY[field.name] for field in fields(Entry))
BY_START = (_ROW.start_date, _ROW.assignment_id)
BY_TIME = (_ENTRY.at, _ENTRY.entry_id)
"""The orders of the list, and of the timeline (newest first)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which assignments a list shows; None asks nothing. `week` is the first day of the week of the start.

    `search` is words of the clinician's name, or the beginning of the reference under which the source knows it.
    `among` are the ids that may be in it at all.
    """

    state: str | None = None
    risk: str | None = None
    facility_id: str | None = None
    client_id: str | None = None
    week: date | None = None
    search: str | None = None
    also_over: bool = False
    among: tuple[str, ...] | None = None


class Item(NamedTuple):
    """A work item as its assignment's page shows it; `actions` as stored. Hundreds of them may be read at once.

    `owner` and `closer` are the names of who does it and of who closed it, where they are people who are known.
    """

    work_item_id: str
    department: str
    kind: str
    title: str | None
    skill: str
    is_open: bool
    status: str
    due_at: datetime
    rank_at: datetime
    owner_id: str | None
    actions: str
    closed_at: datetime | None
    closed_by: str | None
    closed_why: str | None
    owner: str | None
    closer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters offer: facilities and clients of what is open, within reach."""

    facility_ids: frozenset[str]
    client_ids: frozenset[str]


def listed(session: AsyncSession, wanted: Wanted) -> Select[Any]:
    """The assignments by start, for `fetch_page` with `BY_START`; those over only where a filter asks for them."""
    equal = {
        _ROW.state: wanted.state,
        _ROW.risk: wanted.risk,
        _ROW.facility_id: wanted.facility_id,
        _ROW.client_id: wanted.client_id,
    }
    query = select(*_LINE).where(_ROW.start_date.is_not(None), _ROW.state.is_not(None))
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    if not wanted.also_over and wanted.state is None:
        query = query.where(_ROW.is_open)
    if wanted.week is not None:
        query = query.where(_ROW.start_date >= wanted.week, _ROW.start_date < wanted.week + WEEK)
    if wanted.among is not None:
        query = query.where(_ROW.assignment_id.in_(wanted.among))
    return query.where(*_search(session, wanted.search))


_COLUMNS = ", ".join(name for name in Item._fields if name not in ("owner", "closer"))
_ITEMS = f"""
    SELECT {_COLUMNS}, CAST(o.body AS json) ->> 'name' AS owner, CAST(c.body AS json) ->> 'name' AS closer
    FROM (
        (SELECT {_COLUMNS} FROM queue_item
         WHERE assignment_id = CAST(:assignment_id AS text) AND is_open AND {{reached}}
         ORDER BY rank_at, work_item_id LIMIT {MOST_ITEMS})
        UNION ALL
        (SELECT {_COLUMNS} FROM queue_item
         WHERE assignment_id = CAST(:assignment_id AS text) AND NOT is_open AND {{reached}}
         ORDER BY closed_at DESC, work_item_id LIMIT {MOST_ITEMS})
    ) AS item
    LEFT JOIN replica AS o ON o.topic = '{PEOPLE}' AND o.key = owner_id
    LEFT JOIN replica AS c ON c.topic = '{PEOPLE}' AND c.key = closed_by
"""  # noqa: S608  # nothing but names of ours


async def choices(session: AsyncSession) -> Choices:
    """What the filters of the list offer."""
    found = within(session, select(_ROW.facility_id, _ROW.client_id).where(_ROW.is_open)).distinct()
    rows = (await session.execute(found)).all()
    return Choices(
        facility_ids=frozenset(row.facility_id for row in rows if row.facility_id),
        client_ids=frozenset(row.client_id for row in rows if row.client_id),
    )


async def items_of(session: AsyncSession, assignment_id: str) -> tuple[Sequence[Item], Sequence[Item]]:
    """Its work items within reach, with one statement: open ones in the order of the queue, and those closed last."""
    items = [Item._make(row.values()) for row in await run_within(session, _ITEMS, assignment_id=assignment_id)]
    # Nothing promises that the rows of either half come in their order.
    in_rank = sorted((one for one in items if one.is_open), key=lambda one: (one.rank_at, one.work_item_id))
    ended = sorted((one for one in items if not one.is_open), key=lambda one: one.work_item_id)
    return in_rank, sorted(ended, key=lambda one: one.closed_at or one.due_at, reverse=True)


def entries_of(assignment_id: str, *, service: str | None) -> Select[Any]:
    """Its timeline, for `fetch_page` with `BY_TIME`."""
    query = select(*_ENTRIES).where(_ENTRY.assignment_id == assignment_id)
    return query if service is None else query.where(_ENTRY.service == service)


async def entries(session: AsyncSession, entry_ids: Collection[UUID]) -> Sequence[Entry]:
    """The entries of these events, as far as they are within reach."""
    if not entry_ids:
        return ()
    query = within(session, select(*_ENTRIES).where(_ENTRY.entry_id.in_(entry_ids)))
    return [entry_of(row) for row in await session.execute(query)]


async def effects_of(session: AsyncSession, cause: Entry) -> Sequence[Entry]:
    """What else happened to the same assignment because of it, in the order of time."""
    here = (_ENTRY.assignment_id == cause.assignment_id, _ENTRY.causation_id == str(cause.entry_id))
    query = within(session, select(*_ENTRIES).where(*here)).order_by(*BY_TIME).limit(MOST_EFFECTS)
    return [entry_of(row) for row in await session.execute(query)]


async def has_heard(session: AsyncSession, assignment_id: str, *, service: str, correlation_id: str) -> bool:
    """Whether one of the newest events of this service about the assignment came of this request."""
    newest = (
        select(_ENTRY.correlation_id)
        .where(_ENTRY.assignment_id == assignment_id, _ENTRY.service == service)
        .order_by(_ENTRY.at.desc(), _ENTRY.entry_id.desc())
        .limit(RECENT)
    )
    return correlation_id in (await session.scalars(newest)).all()


def entry_of(row: Row[Any]) -> Entry:
    """The entry that a row is."""
    return Entry(**row._mapping)


def _search(session: AsyncSession, search: str | None) -> list[ColumnElement[bool]]:
    """By name only for whom names are shown: a list must not tell by its length what it does not show."""
    words = (search or "").split()[:MOST_WORDS]
    if not words:
        return []
    by_reference = _ROW.source_reference.istartswith(" ".join(words), autoescape=True)
    if not shows(session, Field.CONTACT):
        return [by_reference]
    named = (clinician_entry.c.topic == _CLINICIANS, *(_NAME.icontains(word, autoescape=True) for word in words))
    found = select(clinician_entry.c.key).where(*named).limit(MOST_FOUND)
    return [or_(by_reference, _ROW.clinician_id.in_(found))]


_LINE = (
    *(_ROW.assignment_id, _ROW.clinician_id, _ROW.facility_id, _ROW.client_id, _ROW.source, _ROW.source_reference),
    *(_ROW.unit, _ROW.discipline, _ROW.specialty, _ROW.state, _ROW.is_open, _ROW.start_date, _ROW.end_date),
    *(_ROW.risk, _ROW.expected_ready_on, _ROW.weekly_value_cents, _ROW.open_items, _ROW.time_zone),
    *(_ROW.credentialing, _ROW.payroll, _ROW.housing, _ROW.timekeeping),
)
_CLINICIANS = state_topic_of(ClinicianChanged).name
_NAME = cast(clinician_entry.c.body, JSONB)["name"].astext
