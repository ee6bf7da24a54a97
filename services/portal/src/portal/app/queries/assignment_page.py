"""Everything that the pages of assignments show, read within reach."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.app.queries.agency import THE_AGENCY, agency_zone
from portal.domain.assignment import Assignment
from portal.domain.entry import Entry
from portal.domain.why_not import Signature, WhyNot, why_not
from portal.domain.workstream import Workstream
from portal.storage import assignment_page as stored
from portal.storage import assignments, names, terms, workstreams
from portal.storage.assignment_page import Choices, Item, Wanted
from portal.storage.shown import shows
from portal.storage.terms import Version
from shared.calendar import local_day
from shared.contracts.assignments import ClientChanged, ClinicianChanged, FacilityChanged
from shared.contracts.portal import WorkItemAssigned
from shared.db import replicas
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.pages import Found, PageRequest, fetch_page
from shared.roles import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One assignment with what every page of it shows. `zone` is its facility's, the agency's until that is known.

    `names` has the clinician's, where it may be shown; `fields` are the classes of fields that may be.
    """

    assignment: Assignment
    facility: FacilityChanged | None
    client: ClientChanged | None
    streams: tuple[Workstream, ...]
    names: Mapping[str, str]
    zone: ZoneInfo
    today: date
    now: datetime
    fields: frozenset[Field]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The assignment, what stands in its way, and its work: open items by rank, closed ones newest first."""

    head: Head
    why: WhyNot
    open_items: Sequence[Item]
    closed_items: Sequence[Item]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of what happened, newest first, what it happened because of, and the names of those who acted."""

    head: Head
    entries: Sequence[Entry]
    causes: Mapping[UUID, Entry]
    names: Mapping[str, str]
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """One event with its causes, the first one first, and what followed from it."""

    head: Head
    entry: Entry
    causes: Sequence[Entry]
    effects: Sequence[Entry]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every version of the terms, the oldest first, and by whom."""

    head: Head
    versions: Sequence[Version]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A page of assignments, the names on it, and what the filters offer with its names."""

    rows: Sequence[Any]
    next_cursor: str | None
    previous_cursor: str | None
    names: Mapping[str, str]
    choices: Choices
    today: date
    shows_commercial: bool
    shows_contact: bool


MOST_CAUSES = 12
ASSIGNED = WorkItemAssigned.event_type


async def head_of(work: Work, assignment_id: str) -> Head:
    """What every page of an assignment shows. Raises NotFound, also for one out of reach."""
    found = await assignments.to_read(work.session, assignment_id)
    clinician_id = found.clinician_id if shows(work.session, Field.CONTACT) else None
    keys = {found.facility_id, found.client_id, clinician_id, work.principal.subject, THE_AGENCY}
    await replicas.load(work.session, [key for key in keys if key])
    zone = ZoneInfo(found.time_zone or await agency_zone(work))
    clinician = await work.known(ClinicianChanged, clinician_id) if clinician_id else None
    return Head(
        assignment=found,
        facility=await work.known(FacilityChanged, found.facility_id) if found.facility_id else None,
        client=await work.known(ClientChanged, found.client_id) if found.client_id else None,
        streams=await workstreams.of_assignment(work.session, assignment_id),
        names={clinician.clinician_id: clinician.name} if clinician else {},
        zone=zone,
        today=local_day(work.now, zone.key),
        now=work.now,
        fields=frozenset(field for field in Field if shows(work.session, field)),
    )


async def overview(work: Work, assignment_id: str) -> Overview:
    """The assignment's first page. Raises NotFound."""
    await assignments.to_read(work.session, assignment_id)
    open_items, closed_items = await stored.items_of(work.session, assignment_id)
    head = await head_of(work, assignment_id)
    people = {one.owner_id: one.owner for one in open_items} | {one.closed_by: one.closer for one in closed_items}
    signature = await _signature(work, head.assignment)
    return Overview(
        head=head,
        why=why_not(head.assignment, head.streams, signature=signature, today=head.today),
        open_items=open_items,
        closed_items=closed_items,
        names={key: name for key, name in people.items() if key and name},
    )


async def timeline_page(work: Work, assignment_id: str, *, service: str | None, paging: PageRequest) -> Timeline:
    """A page of what happened. Raises NotFound, CursorDamaged."""
    head = await head_of(work, assignment_id)
    query = stored.entries_of(assignment_id, service=service)
    found = await fetch_page(work.session, query, by=stored.BY_TIME, paging=paging, is_descending=True)
    entries = [stored.entry_of(row) for row in found.rows]
    causes = await _causes_of(work, entries)
    return Timeline(
        head=head,
        entries=entries,
        causes=causes,
        names=await names.names_of(work.session, _named([*entries, *causes.values()])),
        next_cursor=found.next_cursor,
        previous_cursor=found.previous_cursor,
    )


async def trace(work: Work, assignment_id: str, *, entry_id: UUID) -> Trace:
    """One event of an assignment. Raises NotFound."""
    head = await head_of(work, assignment_id)
    entry = next(iter(await stored.entries(work.session, [entry_id])), None)
    if entry is None or entry.assignment_id != assignment_id:
        raise NotFound(what="event", id=str(entry_id))
    causes = await _chain(work, entry)
    effects = await stored.effects_of(work.session, entry)
    return Trace(
        head=head,
        entry=entry,
        causes=causes,
        effects=effects,
        names=await names.names_of(work.session, _named([entry, *causes, *effects])),
    )


async def history(work: Work, assignment_id: str) -> History:
    """The terms in all their versions. Raises NotFound."""
    head = await head_of(work, assignment_id)
    versions = await terms.of_assignment(work.session, assignment_id)
    people = {one.actor for one in versions} | {one.body.facility_id for one in versions}
    return History(head=head, versions=versions, names=await names.names_of(work.session, people))


async def listed(work: Work, wanted: Wanted, *, paging: PageRequest) -> Listed:
    """A page of the list. Raises CursorDamaged."""
    query = stored.listed(work.session, wanted)
    found: Found[Any] = await fetch_page(work.session, query, by=stored.BY_START, paging=paging)
    offered = await stored.choices(work.session)
    ids = {key for row in found.rows for key in (row.clinician_id, row.facility_id, row.client_id)}
    return Listed(
        rows=found.rows,
        next_cursor=found.next_cursor,
        previous_cursor=found.previous_cursor,
        names=await names.names_of(work.session, ids | offered.facility_ids | offered.client_ids),
        choices=offered,
        today=local_day(work.now, await agency_zone(work)),
        shows_commercial=shows(work.session, Field.COMMERCIAL),
        shows_contact=shows(work.session, Field.CONTACT),
    )


async def has_heard(work: Work, assignment_id: str, *, service: str, request_id: str) -> bool:
    """Whether an event of this service that came of this request has arrived. Raises NotFound."""
    await assignments.to_read(work.session, assignment_id)
    return await stored.has_heard(work.session, assignment_id, service=service, correlation_id=request_id)


async def _signature(work: Work, assignment: Assignment) -> Signature:
    """What is signed; the terms are only read where newer ones than those are in force."""
    signed = assignment.signed_version
    if signed is None or (assignment.terms_version or 0) <= signed:
        return Signature(version=signed, changed_since=frozenset())
    versions = await terms.of_assignment(work.session, assignment.assignment_id)
    since = (one.changed for one in versions if one.terms_version > signed)
    return Signature(version=signed, changed_since=frozenset(name for changed in since for name in changed))


async def _causes_of(work: Work, entries: Sequence[Entry]) -> dict[UUID, Entry]:
    """The events that the entries came of, by id: those among them, and the others with one query."""
    here = {one.entry_id: one for one in entries if one.entry_id}
    wanted = {found for one in entries if (found := _event_id(one.causation_id))}
    others = await stored.entries(work.session, wanted - here.keys())
    known = here | {one.entry_id: one for one in others if one.entry_id}
    return {key: known[key] for key in wanted if key in known}


async def _chain(work: Work, entry: Entry) -> list[Entry]:
    chain: list[Entry] = []
    here = entry
    while len(chain) < MOST_CAUSES and (cause_id := _event_id(here.causation_id)):
        found = await stored.entries(work.session, [cause_id])
        if not found:
            break
        here = found[0]
        chain.insert(0, here)
    return chain


def _event_id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def _named(entries: Sequence[Entry]) -> set[str]:
    """Who acted, and who was given something."""
    given = (json.loads(one.payload).get("owner_id") for one in entries if one.type == ASSIGNED and one.payload)
    return {one.actor for one in entries if one.actor} | {owner for owner in given if owner}
