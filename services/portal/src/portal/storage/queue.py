"""The queue as lists: which items are shown, in which order, how many there are, and what stands beside each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import JSON, ColumnElement, Label, Row, Select, and_, cast, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.board import AT_RISK
from portal.domain.holding import SPECIALIST_OF, TASKS
from portal.domain.item import WorkItem
from portal.domain.listed import Listed
from portal.domain.queue_filter import (
    ANYONE,
    DUE,
    ENDANGERED,
    ME,
    MONEY,
    NOBODY,
    OVERDUE,
    START,
    TODAY,
    WEEK,
    Asking,
    QueueFilter,
    departments_of,
)
from portal.storage.names import CLINICIANS, PLACES
from portal.storage.tables import assignment, facility, timeline_entry, work_item
from shared.db.driver import Statement
from shared.db.session import memory_of, run
from shared.db.tables import replica
from shared.db.within import within
from shared.roles import Field

COUNTED = 200
"""A view's count stops here: whether 200 wait or 2,000, somebody will narrow it down."""
MOST_ENTRIES = 100
MOST_CHOICES = 500

_ITEM = work_item.c
_STAKE: Label[int] = func.coalesce(_ITEM.money_at_stake_cents, 0).label("stake")
_BEGINS: Label[date] = func.coalesce(_ITEM.start_date, date.max).label("begins")
_SHOWN = tuple(_ITEM[name] for name in Listed._fields)
_CHOSEN_BY = (_ITEM.kind, _ITEM.skill, _ITEM.facility_id)
_BESIDE = Statement("""
    SELECT assignment_id, unit, risk, time_zone FROM assignment WHERE assignment_id = ANY(CAST(:ids AS text[]))
""")


def shows_commercial(session: AsyncSession) -> bool:
    """Whether the principal is shown what is at stake."""
    reach = memory_of(session).reach
    return reach is None or Field.COMMERCIAL in reach.fields


def listed(wanted: QueueFilter, asking: Asking) -> Select[Any]:
    """The items that somebody wants to see, for `fetch_page` by `order_of`; `shown` makes rows of them."""
    return select(*_SHOWN, _STAKE, _BEGINS).where(*_conditions(wanted, asking))


def shown(rows: Iterable[Row[Any]]) -> Sequence[Listed]:
    """These rows as lists show them."""
    return [Listed(*row[: len(Listed._fields)]) for row in rows]


def order_of(wanted: QueueFilter, asking: Asking) -> tuple[Sequence[ColumnElement[Any]], bool]:
    """The columns that order the list, and whether they descend; what nobody shows them orders nothing."""
    if wanted.done:
        return (_ITEM.closed_at, _ITEM.work_item_id), True
    if wanted.sort == MONEY and asking.sees_money:
        return (_STAKE, _ITEM.work_item_id), True
    column = {DUE: _ITEM.due_at, START: _BEGINS}.get(wanted.sort, _ITEM.rank_at)
    return (column, _ITEM.work_item_id), False


async def rows_of(
    session: AsyncSession, wanted: QueueFilter, *, asking: Asking, ids: Collection[str]
) -> Sequence[Listed]:
    """Those of these items that fit the filter, within reach, in the list's order."""
    columns, is_descending = order_of(wanted, asking)
    query = within(session, listed(wanted, asking).where(_ITEM.work_item_id.in_(ids)))
    order = [column.desc() if is_descending else column.asc() for column in columns]
    return shown(await session.execute(query.order_by(*order).limit(len(ids))))


async def neighbours(
    session: AsyncSession, wanted: QueueFilter, *, asking: Asking, item: WorkItem
) -> tuple[str | None, str | None]:
    """The ids of the items before and after this one in a list, within reach; it need not stand in the list itself."""
    columns, is_descending = order_of(wanted, asking)
    place = {_STAKE.name: item.money_at_stake_cents or 0, _BEGINS.name: item.start_date or date.max}
    here = [place[column.name] if column.name in place else getattr(item, column.name) for column in columns]
    if None in here:
        return None, None
    found: list[str | None] = []
    for is_after in (False, True):
        goes_down = is_descending is is_after
        beyond = tuple_(*columns) < here if goes_down else tuple_(*columns) > here
        order = [column.desc() if goes_down else column.asc() for column in columns]
        query = within(session, listed(wanted, asking).where(beyond)).order_by(*order).limit(1)
        row = (await session.execute(query)).first()
        found.append(row.work_item_id if row else None)
    return found[0], found[1]


async def ids_of(session: AsyncSession, wanted: QueueFilter, *, asking: Asking, limit: int) -> Sequence[str]:
    """The ids of the first items that fit, within reach, in the list's order."""
    columns, is_descending = order_of(wanted, asking)
    query = within(session, listed(wanted, asking))
    order = [column.desc() if is_descending else column.asc() for column in columns]
    rows = await session.execute(query.order_by(*order).limit(limit))
    return [row.work_item_id for row in rows]


async def counts(session: AsyncSession, wanted: Sequence[QueueFilter], *, asking: Asking) -> Sequence[int]:
    """How many items fit each filter, within reach, with one statement. Units: items; a count stops at 200."""
    if not wanted:
        return ()
    some = [_some(session, one, asking) for one in wanted]
    numbers = [select(func.count()).select_from(one).scalar_subquery().label(f"n{n}") for n, one in enumerate(some)]
    return tuple((await session.execute(select(*numbers))).one())


async def beside(session: AsyncSession, assignment_ids: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
    """What a row shows of its assignment (unit, risk, time_zone), by id. Its item was reached, so that it is, too."""
    if not assignment_ids:
        return {}
    return {row["assignment_id"]: row for row in await run(session, _BESIDE, ids=list(assignment_ids))}


async def zones_of(session: AsyncSession, work_item_ids: Collection[str]) -> Mapping[str, str]:
    """The zones of the items' facilities, by the item's id; without those whose facility is not known."""
    at = select(_ITEM.work_item_id, facility.c.time_zone).join(facility, facility.c.facility_id == _ITEM.facility_id)
    rows = await session.execute(at.where(_ITEM.work_item_id.in_(work_item_ids)))
    return {row.work_item_id: row.time_zone for row in rows}


async def history(session: AsyncSession, work_item_id: str) -> Sequence[Row[Any]]:
    """What happened to an item that was reached before, newest first."""
    columns = timeline_entry.c
    query = select(timeline_entry).where(columns.work_item_id == work_item_id)
    newest = query.order_by(columns.at.desc(), columns.entry_id.desc()).limit(MOST_ENTRIES)
    return (await session.execute(newest)).all()


async def choices(session: AsyncSession) -> Sequence[Any]:
    """What the filters offer: rows of kind, skill and facility_id of open items within reach."""
    open_ones = within(session, select(work_item).where(_ITEM.is_open)).with_only_columns(*_CHOSEN_BY)
    return (await session.execute(open_ones.distinct().limit(MOST_CHOICES))).all()


async def present_assignment_of(session: AsyncSession, clinician_id: str) -> str | None:
    """The clinician's assignment within reach that is open, else the one that starts last."""
    columns = assignment.c
    query = within(session, select(assignment).where(columns.clinician_id == clinician_id, columns.state.is_not(None)))
    order = (columns.is_open.desc(), columns.start_date.desc(), columns.assignment_id)
    found: str | None = await session.scalar(query.with_only_columns(columns.assignment_id).order_by(*order).limit(1))
    return found


def _some(session: AsyncSession, wanted: QueueFilter, asking: Asking) -> Any:
    reached = within(session, select(work_item).where(*_conditions(wanted, asking)))
    return reached.with_only_columns(_ITEM.work_item_id).limit(COUNTED).subquery()


def _conditions(wanted: QueueFilter, asking: Asking) -> Sequence[ColumnElement[bool]]:
    equal = {
        _ITEM.kind: wanted.kind,
        _ITEM.facility_id: wanted.facility,
        _ITEM.clinician_id: wanted.clinician,
        _ITEM.assignment_id: wanted.assignment,
        _ITEM.skill: wanted.skill,
    }
    return (
        *(column == value for column, value in equal.items() if value),
        *_standing(wanted, asking),
        *_owned(wanted, asking),
        *_due(wanted, asking),
        *_of_assignment(wanted),
        *([_found(wanted.q, asking)] if wanted.q else []),
    )


def _standing(wanted: QueueFilter, asking: Asking) -> Sequence[ColumnElement[bool]]:
    if wanted.done:
        return ~_ITEM.is_open, _ITEM.closed_at.is_not(None)
    is_waiting = _ITEM.snoozed_until > asking.now
    if wanted.snoozed:
        return _ITEM.is_open, is_waiting
    return _ITEM.is_open, or_(_ITEM.snoozed_until.is_(None), ~is_waiting)


def _owned(wanted: QueueFilter, asking: Asking) -> Sequence[ColumnElement[bool]]:
    """What is mine is shown whichever department's it is, where no department was asked for."""
    of_departments = _of_departments(departments_of(wanted, asking.worker))
    is_mine, is_nobodys = _ITEM.owner_id == asking.worker.person_id, _ITEM.owner_id.is_(None)
    if wanted.owner == "":
        is_free = and_(is_nobodys, *of_departments)
        return (or_(is_mine, is_free), *(of_departments if wanted.department else ()))
    if wanted.owner == ME:
        return (is_mine, *(of_departments if wanted.department else ()))
    owner = {NOBODY: [is_nobodys], ANYONE: []}.get(wanted.owner, [_ITEM.owner_id == wanted.owner])
    return (*owner, *of_departments)


def _of_departments(names: frozenset[str] | None) -> Sequence[ColumnElement[bool]]:
    """A department's work, and the tasks that are for its specialists."""
    if names is None:
        return ()
    specialists = [SPECIALIST_OF[name] for name in sorted(names) if name in SPECIALIST_OF]
    its_own = _ITEM.department.in_(sorted(names))
    return (or_(its_own, and_(_ITEM.department == TASKS, _ITEM.skill.in_(specialists))) if specialists else its_own,)


def _due(wanted: QueueFilter, asking: Asking) -> Sequence[ColumnElement[bool]]:
    due_at = _ITEM.due_at
    choices: Mapping[str, Sequence[ColumnElement[bool]]] = {
        OVERDUE: (due_at < asking.now,),
        TODAY: (due_at >= asking.now, due_at < asking.today_ends),
        WEEK: (due_at >= asking.now, due_at < asking.week_ends),
    }
    return choices.get(wanted.due, ())


def _of_assignment(wanted: QueueFilter) -> Sequence[ColumnElement[bool]]:
    columns = assignment.c
    asked: list[ColumnElement[bool]] = []
    if wanted.client:
        asked.append(columns.client_id == wanted.client)
    if wanted.state:
        asked.append(columns.state == wanted.state)
    if wanted.risk:
        asked.append(columns.risk.in_(AT_RISK if wanted.risk == ENDANGERED else (wanted.risk,)))
    return (_ITEM.assignment_id.in_(select(columns.assignment_id).where(*asked)),) if asked else ()


def _found(text: str, asking: Asking) -> ColumnElement[bool]:
    """Whose own words, kind, reference, clinician or facility hold the text; names only for who is shown them."""
    part = "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    topics = (*PLACES, CLINICIANS) if asking.sees_contacts else PLACES
    named = select(replica.c.key).where(
        replica.c.topic.in_(topics), cast(replica.c.body, JSON)["name"].as_string().ilike(part)
    )
    referred = select(assignment.c.assignment_id).where(assignment.c.source_reference == text)
    return or_(
        _ITEM.title.ilike(part),
        func.replace(_ITEM.kind, "_", " ").ilike(part),
        _ITEM.work_item_id == text,
        _ITEM.assignment_id == text,
        _ITEM.assignment_id.in_(referred),
        _ITEM.clinician_id.in_(named),
        _ITEM.facility_id.in_(named),
    )
