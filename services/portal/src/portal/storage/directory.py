"""Clinicians and facilities as assignments told of them, and what is known of their assignments, within reach.

Their names are read where the state topics keep them (`replica`): a tombstone erases them there, and so here.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    and_,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB, distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.shown import shows
from portal.storage.tables import assignment, work_item
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.session import memory_of
from shared.db.within import AGENCY_WIDE, covers, within
from shared.roles import Field

MOST_ASSIGNMENTS = 200
MOST_ITEMS = 50
_ROW, _ITEM = assignment.c, work_item.c

clinician_entry = Table(
    "replica",
    MetaData(),
    *(Column(name, Text, primary_key=name in ("topic", "key")) for name in ("topic", "key", "body")),
    info={AGENCY_WIDE: True},
)
"""The copies of the clinicians' entries: they belong to no facility, so every team reaches them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of the directory: the query, and the columns of its order, for `fetch_page`."""

    query: Select[Any]
    by: tuple[ColumnElement[Any], ...]


def _said(body: ColumnElement[Any], name: str) -> ColumnElement[Any]:
    said: ColumnElement[Any] = cast(body, JSONB)[name].astext
    return said


def _sorted_name(body: ColumnElement[Any]) -> ColumnElement[Any]:
    """The name in small letters, written as its index has it (migration 0002): parameters would hide it."""
    return func.lower(cast(body, JSONB).op("->>")(literal_column("'name'")), type_=Text)


def _words(body: ColumnElement[Any], wanted: str | None) -> list[ColumnElement[bool]]:
    """Every word of the search begins a word of the name; an index knows them (migration 0002)."""
    typed = " ".join((wanted or "").split())
    return [func.name_words(body).bool_op("@@")(func.name_query(cast(literal(typed), Text)))] if typed else []


def clinicians(session: AsyncSession, *, search: str | None, discipline: str | None) -> Listing:
    """Clinicians by name: id, name, discipline, specialties (JSON); where names are masked, by id, and no search.

    A reach that is neither the agency's nor a team's shows those who have an assignment within it.
    """
    table = clinician_entry
    column = table.c
    is_named = shows(session, Field.CONTACT)
    order = (_sorted_name(column.body) if is_named else column.key).label("sorted_by")
    name = _said(column.body, "name") if is_named else null()
    shown = (column.key.label("clinician_id"), order, name.label("name"))
    more = (
        _said(column.body, "discipline").label("discipline"),
        _said(column.body, "specialties").label("specialties"),
    )
    if _is_wide(session):
        query = select(*shown, *more)
    else:
        own = select(*_REACHED).ext(distinct_on(_ROW.clinician_id)).order_by(_ROW.clinician_id, _ROW.assignment_id)
        reached = within(session, own).subquery()
        query = select(*shown, *more).select_from(reached.join(table, reached.c.clinician_id == column.key))
    query = query.where(column.topic == state_topic_of(ClinicianChanged).name)
    if discipline is not None:
        query = query.where(_said(column.body, "discipline") == discipline)
    if is_named:
        query = query.where(*_words(column.body, search))
    return Listing(query=query, by=(order, shown[0]))


_REACHED = (_ROW.assignment_id, _ROW.facility_id, _ROW.clinician_id, _ROW.source, _ROW.is_open)


def facilities(session: AsyncSession, *, search: str | None, state: str | None, client_id: str | None) -> Listing:
    """Facilities by name: id, name, city, state, client_id, time_zone, units (JSON)."""
    body = clinician_entry.c.body
    entry = (
        select(
            body,
            clinician_entry.c.key.label("facility_id"),
            _said(body, "source").label("source"),
            _said(body, "name").label("name"),
            _sorted_name(body).label("sorted_by"),
            _said(body, "client_id").label("client_id"),
            _said(body, "time_zone").label("time_zone"),
            cast(body, JSONB)["address"]["city"].astext.label("city"),
            cast(body, JSONB)["address"]["state"].astext.label("state"),
            func.jsonb_array_length(cast(body, JSONB)["units"]).label("units"),
        )
        .where(clinician_entry.c.topic == state_topic_of(FacilityChanged).name)
        .subquery()
    )
    order = entry.c.sorted_by
    equal = {entry.c.state: state, entry.c.client_id: client_id}
    columns = [column for column in entry.c if column is not entry.c.body]
    query = select(*columns).where(
        *_words(entry.c.body, search), *(column == value for column, value in equal.items() if value is not None)
    )
    return Listing(query=query, by=(order, entry.c.facility_id))


async def workload(session: AsyncSession, *, of: Collection[str], by: str) -> dict[str, Row[Any]]:
    """By id: open assignments (`on_way` before their start, `active`), `next_start`, and open items, within reach.

    `by` is `clinician_id` or `facility_id`, and `of` are such ids; one without an open assignment is left out.
    """
    column = _ROW[by]
    rows = select(column.label("id"), _ROW.state, _ROW.start_date, _ROW.started_on, _ROW.open_items)
    found = within(session, rows.where(column.in_(of), _ROW.is_open)).subquery()
    is_active = found.c.state == "active"
    grouped = select(
        found.c.id,
        func.count().filter(~is_active).label("on_way"),
        func.count().filter(is_active).label("active"),
        func.min(found.c.start_date).filter(found.c.started_on.is_(None)).label("next_start"),
        func.sum(found.c.open_items).label("open_items"),
    ).group_by(found.c.id)
    return {row.id: row for row in (await session.execute(grouped)).all()}


async def is_clinician_reached(session: AsyncSession, clinician_id: str) -> bool:
    """Whether the clinician is the agency's or the team's to see, or has an assignment within reach."""
    if _is_wide(session) or covers(session, {"clinician_id": clinician_id}):
        return True
    return await _has_assignment(session, _ROW.clinician_id == clinician_id)


async def is_facility_reached(session: AsyncSession, facility: FacilityChanged) -> bool:
    """Whether the facility is within reach, or an assignment at it is."""
    if covers(session, {"facility_id": facility.facility_id, "source": facility.source}):
        return True
    return await _has_assignment(session, _ROW.facility_id == facility.facility_id)


async def assignments_of(session: AsyncSession, *, by: str, key: str) -> Sequence[Row[Any]]:
    """The assignments of a clinician or at a facility, within reach: open ones first, then the latest start."""
    query = within(session, select(*_CARD).where(_ROW[by] == key, _ROW.state.is_not(None)))
    ordered = query.order_by(_ROW.is_open.desc(), _ROW.start_date.desc(), _ROW.assignment_id)
    rows: Sequence[Row[Any]] = (await session.execute(ordered.limit(MOST_ASSIGNMENTS))).all()
    return rows


async def open_items_of(session: AsyncSession, *, by: str, key: str) -> Sequence[Row[Any]]:
    """The open work about a clinician or a facility, within reach, in the order of the queue."""
    columns = (_ITEM.work_item_id, _ITEM.kind, _ITEM.title, _ITEM.department, _ITEM.assignment_id, _ITEM.clinician_id)
    more = (_ITEM.due_at, _ITEM.rank_at, _ITEM.owner_id, _ITEM.money_at_stake_cents)
    query = within(session, select(*columns, *more).where(_ITEM[by] == key, _ITEM.is_open))
    ordered = query.order_by(_ITEM.rank_at, _ITEM.work_item_id)
    rows: Sequence[Row[Any]] = (await session.execute(ordered.limit(MOST_ITEMS))).all()
    return rows


async def _has_assignment(session: AsyncSession, which: ColumnElement[bool]) -> bool:
    found = within(session, select(_ROW.assignment_id).where(and_(which)))
    return await session.scalar(found.limit(1)) is not None


def _is_wide(session: AsyncSession) -> bool:
    reach = memory_of(session).reach
    return reach is None or reach.is_all or reach.of_team


_CARD = (
    *(_ROW.assignment_id, _ROW.clinician_id, _ROW.client_id, _ROW.facility_id, _ROW.unit, _ROW.discipline),
    *(_ROW.specialty, _ROW.state, _ROW.is_open, _ROW.start_date, _ROW.end_date, _ROW.started_on, _ROW.ended_on),
    *(_ROW.risk, _ROW.weekly_value_cents, _ROW.open_items, _ROW.credentialing, _ROW.payroll, _ROW.housing),
    _ROW.timekeeping,
)
