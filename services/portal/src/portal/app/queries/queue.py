"""The queue and one item of it; nothing here changes anything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.app.queries.agency import THE_AGENCY, agency_zone
from portal.app.queries.views import views_of
from portal.domain.assignment import Assignment
from portal.domain.holding import Worker, does
from portal.domain.item import WorkItem
from portal.domain.listed import Listed
from portal.domain.queue_filter import Asking, DefaultView, QueueFilter, default_views, read_filter
from portal.domain.saved_view import SavedView
from portal.domain.workstream import Workstream
from portal.storage import assignments, names, people, queue, work_items, workstreams
from shared.contracts.event import decode
from shared.contracts.identity import PersonChanged
from shared.contracts.portal import WorkItemAssigned
from shared.db import replicas
from shared.db.work import Work
from shared.http.pages import Found, PageRequest, fetch_page

COUNTED = queue.COUNTED
PAGE = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What items are shown with: facts of their assignments by id, and names by id."""

    assignments: Mapping[str, Any]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page of the queue, as somebody asks for it."""

    found: Found[Listed]
    beside: Beside
    asking: Asking


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedViews:
    """The views that somebody begins with, and those they keep, each with how many items it shows, if counted."""

    usual: Sequence[tuple[DefaultView, int | None]]
    kept: Sequence[tuple[SavedView, int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the filters offer: kinds and skills of open work, facilities with the names of those, and who does it."""

    kinds: Sequence[str]
    skills: Sequence[str]
    names: Mapping[str, str]
    facility_ids: Sequence[str]
    people: Sequence[PersonChanged]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to an item; `owner_id` and `snoozed_until` where it was given to somebody, or waits."""

    entry_id: str
    at: datetime
    service: str
    type: str
    actor: str
    owner_id: str | None = None
    snoozed_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPage:
    """One item with all that a person needs to decide about it.

    `colleagues` are those who could do it; `history` is newest first; `zone` is the facility's, else the asker's.
    `previous_id` and `next_id` are its neighbours in the list that it was opened from.
    """

    item: WorkItem
    assignment: Assignment | None
    streams: tuple[Workstream, ...]
    history: Sequence[Happening]
    names: Mapping[str, str]
    asking: Asking
    colleagues: Sequence[PersonChanged]
    zone: str
    previous_id: str | None
    next_id: str | None


async def asking_of(work: Work) -> Asking:
    """Who asks, and what today means to them: in their own zone, else in the agency's."""
    await replicas.load(work.session, [work.principal.subject, THE_AGENCY])
    known = await work.known(PersonChanged, work.principal.subject)
    zone = known.time_zone if known else None
    return Asking(
        worker=Worker.of(work.principal),
        now=work.now,
        time_zone=zone or await agency_zone(work),
        sees_money=queue.shows_commercial(work.session),
        sees_contacts=names.shows_contacts(work.session),
    )


async def queue_page(work: Work, wanted: QueueFilter, *, paging: PageRequest) -> QueuePage:
    """One page of the queue. Raises CursorDamaged."""
    asking = await asking_of(work)
    by, is_descending = queue.order_of(wanted, asking)
    query = queue.listed(wanted, asking)
    found = await fetch_page(work.session, query, by=by, paging=paging, is_descending=is_descending)
    rows = queue.shown(found.rows)
    return QueuePage(
        found=Found(rows=rows, next_cursor=found.next_cursor, previous_cursor=found.previous_cursor),
        beside=await beside(work, rows, wanted=wanted),
        asking=asking,
    )


async def queue_rows(work: Work, wanted: QueueFilter, *, ids: Sequence[str]) -> QueuePage:
    """Those of these items that fit, as a page of their own: what a list fetches again."""
    asking = await asking_of(work)
    rows = await queue.rows_of(work.session, wanted, asking=asking, ids=ids)
    return QueuePage(found=Found(rows=rows, next_cursor=None), beside=await beside(work, rows), asking=asking)


async def one_row(work: Work, work_item_id: str) -> QueuePage:
    """One item as a page of the queue, whatever filter it fits. Raises NotFound."""
    item = await work_items.to_read(work.session, work_item_id)
    asking = await asking_of(work)
    rows = [Listed(*(getattr(item, name) for name in Listed._fields))]
    return QueuePage(found=Found(rows=rows, next_cursor=None), beside=await beside(work, rows), asking=asking)


async def kept_views(work: Work) -> CountedViews:
    """The views of whoever looks, the usual ones first, without counts: what a page shows before they are counted."""
    usual = default_views(Worker.of(work.principal))
    return CountedViews(
        usual=[(view, None) for view in usual], kept=[(view, None) for view in await views_of(work, PAGE)]
    )


async def counted_views(work: Work) -> CountedViews:
    """The views of whoever looks, the usual ones first. Units: items; a count stops at 200."""
    asking = await asking_of(work)
    usual, kept = default_views(asking.worker), await views_of(work, PAGE)
    wanted = [view.wanted for view in usual] + [read_filter(dict(view.filters)) for view in kept]
    numbers = await queue.counts(work.session, wanted, asking=asking)
    return CountedViews(
        usual=tuple(zip(usual, numbers[: len(usual)], strict=True)),
        kept=tuple(zip(kept, numbers[len(usual) :], strict=True)),
    )


async def choices(work: Work) -> Choices:
    """What the filters offer whoever looks."""
    rows = await queue.choices(work.session)
    facility_ids = sorted({row.facility_id for row in rows if row.facility_id})
    known = await names.names_of(work.session, facility_ids)
    return Choices(
        kinds=sorted({row.kind for row in rows}),
        skills=sorted({row.skill for row in rows}),
        names=known,
        facility_ids=sorted(facility_ids, key=lambda one: known.get(one, one)),
        people=await names.people(work.session),
    )


async def item_page(work: Work, work_item_id: str, *, among: QueueFilter) -> ItemPage:
    """One item with what stands beside it, and its neighbours in a list. Raises NotFound, also for one out of reach."""
    asking = await asking_of(work)
    item = await work_items.to_read(work.session, work_item_id)
    assignment = await assignments.known(work.session, item.assignment_id) if item.assignment_id else None
    history = [_happening(entry) for entry in await queue.history(work.session, work_item_id)]
    zones = await queue.zones_of(work.session, [work_item_id])
    ids = (item.clinician_id, item.facility_id, item.owner_id, item.opened_by, item.closed_by)
    everybody = await names.people(work.session)
    previous_id, next_id = await queue.neighbours(work.session, among, asking=asking, item=item)
    return ItemPage(
        item=item,
        assignment=assignment,
        streams=await workstreams.of_assignment(work.session, item.assignment_id) if item.assignment_id else (),
        history=history,
        names=await names.names_of(work.session, [*ids, *_named_in(history)]),
        asking=asking,
        colleagues=tuple(one for one in everybody if does(people.worker_of(one), item)),
        zone=zones.get(work_item_id, asking.time_zone),
        previous_id=previous_id,
        next_id=next_id,
    )


async def beside(work: Work, rows: Iterable[Any], *, wanted: QueueFilter | None = None) -> Beside:
    """What these items are shown with, and the names that the filter asks for.

    One statement for their assignments, and one for all names.
    """
    shown = tuple(rows)
    near = await queue.beside(work.session, {row.assignment_id for row in shown if row.assignment_id})
    ids = {one for row in shown for one in (row.clinician_id, row.facility_id, row.owner_id) if one}
    asked = (wanted.facility, wanted.client, wanted.clinician, wanted.owner) if wanted else ()
    return Beside(assignments=near, names=await names.names_of(work.session, [*ids, *asked]))


def _named_in(history: Iterable[Happening]) -> Iterable[str | None]:
    return [one for entry in history for one in (entry.actor, entry.owner_id)]


def _happening(entry: Any) -> Happening:
    said = decode(WorkItemAssigned, entry.payload.encode()) if _is_about_holding(entry) else None
    return Happening(
        entry_id=str(entry.entry_id),
        at=entry.at,
        service=entry.service,
        type=entry.type,
        actor=entry.actor,
        owner_id=said.owner_id if said else None,
        snoozed_until=said.snoozed_until if said else None,
    )


def _is_about_holding(entry: Any) -> bool:
    """The portal's own word of who does it; a task's first one says so, too."""
    return bool(entry.payload) and entry.type in (WorkItemAssigned.event_type, "task.opened")
