"""What the palette finds, within reach: by the beginnings of names, by the source's reference, and among one's own."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, Text, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.names import shows_contacts
from portal.storage.tables import assignment, work_item
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.contracts.catalogue import state_topic_of
from shared.db.session import memory_of
from shared.db.tables import replica
from shared.db.within import within

CLINICIAN, FACILITY = state_topic_of(ClinicianChanged).name, state_topic_of(FacilityChanged).name
MOST_NAMED = 200
_ROW, _ITEM = assignment.c, work_item.c
_REACHED = (_ROW.assignment_id, _ROW.facility_id, _ROW.clinician_id, _ROW.source, _ROW.is_open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A clinician or a facility with its name."""

    id: str
    name: str
    is_clinician: bool


async def named(session: AsyncSession, typed: str) -> Sequence[Named]:
    """Clinicians and facilities whose names have words that begin so, by name, at most 200.

    No clinician where the principal is shown no contacts: a name must not be guessed letter by letter.
    """
    topics = [FACILITY, *([CLINICIAN] if shows_contacts(session) else [])]
    name = cast(replica.c.body, JSONB)["name"].astext
    fits = func.name_words(replica.c.body).bool_op("@@")(func.name_query(cast(literal(typed), Text)))
    query = (
        select(replica.c.key, replica.c.topic, name.label("name"))
        .where(fits, replica.c.topic.in_(topics))
        .order_by(func.lower(name), replica.c.key)
        .limit(MOST_NAMED)
    )
    rows = await session.execute(query)
    return [Named(id=row.key, name=row.name, is_clinician=row.topic == CLINICIAN) for row in rows]


async def reached(session: AsyncSession, entries: Sequence[Named]) -> Sequence[Named]:
    """Those that the principal reaches: all for the whole agency, a team's clinicians, else by their assignments."""
    reach = memory_of(session).reach
    if reach is None or reach.is_all:
        return entries
    ids = [one.id for one in entries]
    query = select(*_REACHED).where(or_(_ROW.clinician_id.in_(ids), _ROW.facility_id.in_(ids))).distinct()
    rows = (await session.execute(within(session, query))).all()
    known = {row.clinician_id for row in rows} | {row.facility_id for row in rows} | reach.facility_id
    return [one for one in entries if one.id in known or (one.is_clinician and reach.of_team)]


async def assignments(session: AsyncSession, typed: str, *, of: Collection[str], most: int) -> Sequence[Row[Any]]:
    """Assignments of these clinicians or facilities, or whose reference begins so: open ones first, newest first."""
    query = select(*_REACHED, _ROW.state, _ROW.start_date, _ROW.unit, _ROW.source_reference).where(
        _ROW.state.is_not(None),
        or_(_ROW.clinician_id.in_(of), _ROW.facility_id.in_(of), *_begins(typed, _ROW.source_reference)),
    )
    ordered = within(session, query).order_by(_ROW.is_open.desc(), _ROW.start_date.desc(), _ROW.assignment_id)
    rows: Sequence[Row[Any]] = (await session.execute(ordered.limit(most))).all()
    return rows


async def own_items(
    session: AsyncSession, typed: str, *, owner_id: str, of: Collection[str], most: int
) -> Sequence[Row[Any]]:
    """Open work items of this owner that are about these clinicians or facilities, or say what was typed; by rank."""
    query = select(
        *(
            _ITEM[name]
            for name in ("work_item_id", "assignment_id", "facility_id", "clinician_id", "source", "is_open")
        ),
        *(_ITEM[name] for name in ("kind", "title", "due_at", "department")),
    ).where(_ITEM.owner_id == owner_id, _ITEM.is_open)
    if typed:
        said = func.coalesce(_ITEM.title, func.replace(_ITEM.kind, "_", " "))
        query = query.where(
            or_(said.icontains(typed, autoescape=True), _ITEM.clinician_id.in_(of), _ITEM.facility_id.in_(of))
        )
    ordered = within(session, query).order_by(_ITEM.rank_at, _ITEM.work_item_id)
    rows: Sequence[Row[Any]] = (await session.execute(ordered.limit(most))).all()
    return rows


def _begins(typed: str, column: Column[Any]) -> tuple[ColumnElement[bool], ...]:
    """Fewer than three letters are no reference: they would only find the half of everything."""
    if len(typed) < 3:
        return ()
    return column.istartswith(typed, autoescape=True), _ROW.assignment_id == typed
