"""One assignment as its pages show it: the head of each, why it cannot start, its work."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from portal.api.auth import POLICY
from portal.api.views import written
from portal.api.views.actions import ActionLink, action_links, command_href
from portal.api.views.assignment_markup import closed_lines
from portal.api.views.blockers import blocker_words, owner_words
from portal.api.views.item_words import Due, department_words, due_of, owner_name
from portal.app.queries.assignment_page import Head, Overview
from portal.domain.command_menu import BY_VERB, Command, commands_for
from portal.domain.why_not import BEFORE_START, Unmet
from portal.domain.words import DEPARTMENTS, STATUSES, kind_words
from portal.domain.workstream import Workstream
from shared.contracts.catalogue import DEPARTMENTS as FOUR
from shared.contracts.workstreams import Action
from shared.roles import Field

OVERVIEW, FILE, TIMELINE, TERMS, NOTES = "overview", "file", "timeline", "terms", "notes"
_TABS: Final = (
    (OVERVIEW, "Overview", "", None),
    (FILE, "Credentials", "/file", "files.read"),
    (TIMELINE, "Timeline", "/timeline", None),
    (TERMS, "Terms", "/terms", None),
)
"""Parts of an assignment's page: name, text, end of the address, and the action that one needs of its own."""
_COORDINATORS: Final = frozenset({"coordinator", "lead"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One department's light, with what it says in one line."""

    department: str
    name: str
    status: str | None
    title: str
    done: int
    total: int
    expected: str | None
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A command that may be given now."""

    text: str
    href: str
    is_an_end: bool
    changes_terms: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """The head of every page of an assignment."""

    assignment_id: str
    href: str
    title: str
    subtitle: str
    days: str
    state: str
    risk: tuple[str, str]
    clinician_href: str | None
    facility_href: str | None
    facts: tuple[tuple[str, str], ...]
    value_cents: int | None
    shows_value: bool
    lights: tuple[Light, ...]
    tabs: tuple[tuple[str, str, bool], ...]
    menu: tuple[MenuItem, ...]
    start: date | None
    zone: ZoneInfo
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """The one button that gets a thing out of the way."""

    text: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One unmet thing in words."""

    id: str
    what: str
    owner: str
    department: str | None
    since: datetime | None
    due: date | None
    is_overdue: bool
    earliest: date | None
    fix: Fix | None
    item_href: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An open work item of the assignment."""

    id: str
    href: str
    what: str
    department: str
    due: Due
    owner: str | None
    is_mine: bool
    actions: tuple[ActionLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewView:
    """The first page: the answer to "why can't she start?", and the work."""

    question: str
    verdict: tuple[str, str]
    gating: tuple[Obstacle, ...]
    other: tuple[Obstacle, ...]
    open_items: tuple[Item, ...]
    closed_items: Markup
    closed_count: int
    task_href: str
    notes_href: str


def head_view(head: Head, roles: frozenset[str], *, tab: str | None) -> Bar:
    """The head of a page; `tab` is the one that is open, None on pages beside them."""
    at = head.assignment
    href = f"/assignments/{at.assignment_id}"
    facility = head.facility.name if head.facility else written.place({}, at.facility_id)
    may_look_up = bool(POLICY["directory.read"] & roles)
    return Bar(
        assignment_id=at.assignment_id,
        href=href,
        title=written.clinician(head.names, at.clinician_id),
        subtitle=f"{written.discipline(at.discipline)} {at.specialty} · {facility}, {at.unit}",
        days=_days(head),
        state=at.state or "",
        risk=(written.RISK_TONES.get(at.risk, "neutral"), written.risk(at.risk)),
        clinician_href=f"/clinicians/{at.clinician_id}" if may_look_up and at.clinician_id else None,
        facility_href=f"/facilities/{at.facility_id}" if may_look_up and at.facility_id else None,
        facts=_facts(head, facility),
        value_cents=at.weekly_value_cents,
        shows_value=Field.COMMERCIAL in head.fields,
        lights=tuple(_light(name, head) for name in FOUR),
        tabs=tuple(
            (text, f"{href}{end}", tab == name)
            for name, text, end, action in _TABS
            if action is None or POLICY[action] & roles
        ),
        menu=tuple(_menu_item(one, at.assignment_id) for one in commands_for(at.state, roles)),
        start=at.awaited_start,
        zone=head.zone,
        today=head.today,
    )


def overview_view(found: Overview, roles: frozenset[str], *, me: str) -> OverviewView:
    """The first page for somebody with these roles."""
    head, why = found.head, found.why
    at = head.assignment
    obstacles = {one: _obstacle(one, found, roles) for one in why.unmet}
    return OverviewView(
        question="Why can’t this start?" if at.state in BEFORE_START else "What stands in the way?",
        verdict=_verdict(found),
        gating=tuple(obstacles[one] for one in why.gating),
        other=tuple(obstacles[one] for one in why.other),
        open_items=tuple(_item(row, found, roles, me=me) for row in found.open_items),
        closed_items=closed_lines(found.closed_items, head, found.names),
        closed_count=len(found.closed_items),
        task_href=f"/tasks/new?assignment_id={at.assignment_id}",
        notes_href=f"/notes?about=assignment&id={at.assignment_id}",
    )


def _facts(head: Head, facility: str) -> tuple[tuple[str, str], ...]:
    at = head.assignment
    signed = f"signed, terms {at.signed_version}" if at.signed_version else "not signed"
    pairs = [
        ("Dates", _days(head)),
        ("Facility", f"{facility} · {at.unit}"),
        ("Client", head.client.name if head.client else written.place({}, at.client_id)),
        ("Reference", f"{at.source_reference} ({at.source})"),
        ("Terms", f"version {at.terms_version}"),
        ("Agreement", signed),
    ]
    if at.first_start_date and at.first_start_date != at.start_date:
        pairs.insert(1, ("Promised start", written.day(at.first_start_date, today=head.today)))
    if at.cleared_through:
        pairs.append(("Cleared through", written.day(at.cleared_through, today=head.today)))
    if at.started_on:
        pairs.append(("Started", written.day(at.started_on, today=head.today)))
    if at.ended_on:
        ended = written.day(at.ended_on, today=head.today)
        pairs.append(("Ended", f"{ended}: {at.end_reason}" if at.end_reason else ended))
    return tuple(pairs)


def _days(head: Head) -> str:
    at = head.assignment
    return f"{written.day(at.start_date, today=head.today)} – {written.day(at.end_date, today=head.today)}"


def _light(department: str, head: Head) -> Light:
    version = head.assignment.terms_version or 0
    valid = (one for one in head.streams if one.department == department and one.terms_version >= version)
    stream = next(valid, None)
    name = DEPARTMENTS[department]
    if stream is None:
        title = f"{name} has not answered terms {version} yet"
        return Light(
            department=department, name=name, status=None, title=title, done=0, total=0, expected=None, since=None
        )
    expected = None if stream.is_done else stream.expected_ready_on
    return Light(
        department=department,
        name=name,
        status=stream.status,
        title=_light_words(stream, name),
        done=stream.done,
        total=stream.total,
        expected=written.day(expected, today=head.today) if expected else None,
        since=stream.since,
    )


def _light_words(stream: Workstream, name: str) -> str:
    return f"{name}: {STATUSES.get(stream.status, stream.status).lower()}, {stream.done} of {stream.total} done"


def _menu_item(command: Command, assignment_id: str) -> MenuItem:
    return MenuItem(
        text=command.text,
        href=command_href(assignment_id, command),
        is_an_end=command.is_an_end,
        changes_terms=command.changes_terms,
    )


def _verdict(found: Overview) -> tuple[str, str]:
    """The answer in one sentence, with its tone."""
    head, why = found.head, found.why
    at = head.assignment
    if at.state not in BEFORE_START:
        text = "Works without a valid clearance." if why.unmet else "Nothing is in the way."
        return ("bad" if why.unmet else "good"), text
    if not why.unmet:
        return "good", f"Nothing is in the way of the start on {written.day(at.start_date, today=head.today)}."
    if not why.gating:
        number = written.plural(len(why.other), "thing")
        return "warn", f"Nothing stops the start on {written.day(at.start_date, today=head.today)}; {number} not ready."
    if why.earliest_start is None:
        return "bad", "Somebody has to move first: nobody can name a day for the start yet."
    day = written.day(why.earliest_start, today=head.today)
    if at.start_date and why.earliest_start > at.start_date:
        late = written.plural((why.earliest_start - at.start_date).days, "day")
        return "bad", f"The earliest possible start is {day}, {late} late."
    return "warn", f"The start on {day} can still be met."


def _obstacle(one: Unmet, found: Overview, roles: frozenset[str]) -> Obstacle:
    return Obstacle(
        id=f"unmet-{one.department or 'assignment'}-{one.code}".replace(":", "-"),
        what=blocker_words(one.code),
        owner=owner_words(one.owner),
        department=DEPARTMENTS[one.department] if one.department else None,
        since=one.since,
        due=one.due,
        is_overdue=one.due is not None and one.due < found.head.today,
        earliest=one.earliest_on,
        fix=_fix(one, found, roles),
        item_href=f"/work/{one.work_item_id}" if one.work_item_id else None,
    )


def _fix(one: Unmet, found: Overview, roles: frozenset[str]) -> Fix | None:
    """The open item's own action, what its department shows of the whole, or the command; else the item's page."""
    assignment_id = found.head.assignment.assignment_id
    if one.work_item_id:
        row = next((item for item in found.open_items if item.work_item_id == one.work_item_id), None)
        offered = _links(row, assignment_id, roles)
        links = [link for link in offered if link.kind != "ghost"]
        thing = one.code.partition(":")[0]
        action = next((link for link in links if link.thing == thing), links[0] if links else None)
        if action:
            return Fix(text=action.text, href=action.href, kind="primary" if one.gates else "secondary")
        if row and offered and roles & {"lead", f"{row.department}_specialist"}:  # who is shown the whole there
            return Fix(text=f"Open in {DEPARTMENTS[row.department]}", href=offered[0].href, kind="secondary")
        return Fix(text="Open the item", href=f"/work/{one.work_item_id}", kind="secondary")
    command = BY_VERB.get(one.command or "")
    if command is None or command not in commands_for(found.head.assignment.state, roles):
        return None
    return Fix(
        text=command.text, href=command_href(assignment_id, command), kind="primary" if one.gates else "secondary"
    )


def _links(row: Any, assignment_id: str, roles: frozenset[str]) -> tuple[ActionLink, ...]:
    """The item's actions, for whom the department's work is: its specialists and coordinators."""
    if row is None or not row.is_open or not roles & (_COORDINATORS | {f"{row.department}_specialist"}):
        return ()
    actions = [Action(**one) for one in json.loads(row.actions)]
    return action_links(actions, service=row.department, assignment_id=assignment_id)


def _item(row: Any, found: Overview, roles: frozenset[str], *, me: str) -> Item:
    names: Mapping[str, str] = found.names
    return Item(
        id=f"item-{row.work_item_id}",
        href=f"/work/{row.work_item_id}",
        what=row.title or kind_words(row.kind),
        department=department_words(row),
        due=due_of(row, zone=found.head.zone.key, now=found.head.now),
        owner=owner_name(names, row.owner_id) if row.owner_id else None,
        is_mine=row.owner_id == me,
        actions=_links(row, found.head.assignment.assignment_id, roles),
    )
