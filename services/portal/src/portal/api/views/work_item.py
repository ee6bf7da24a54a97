"""One work item as its drawer shows it: why it is there, what blocks, who did what, and what whoever looks may do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from portal.api.auth import POLICY
from portal.api.views import written
from portal.api.views.actions import ActionLink, action_links
from portal.api.views.item_words import (
    Due,
    absolute,
    department_words,
    due_of,
    moment,
    money_words,
    owner_name,
    reason_words,
    reasons_of,
    span,
    start_words,
    waits_words,
)
from portal.app.queries.queue import Happening, ItemPage
from portal.domain.change_request import NOBODY, ChangeRequest, Verb
from portal.domain.holding import TASKS, WAKING_EVENTS, does, is_waiting
from portal.domain.queue_filter import QueueFilter
from portal.domain.words import DEPARTMENTS, ITEM_STATUSES, STATUSES, kind_words, said
from shared.errors import Refused
from shared.ids import new_uuid

MINUTE = timedelta(minutes=1)
PANELS = (Verb.ASSIGN, Verb.HAND_OVER, Verb.SNOOZE)
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """One department's light, as the badge component takes it."""

    department: str
    status: str | None
    title: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What whoever looks may do with the item now."""

    take: bool
    release: bool
    assign: bool
    hand_over: bool
    snooze: bool
    wake: bool
    finish: bool
    reopen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened: who, what in words, when in short and whole."""

    id: str
    who: str
    what: str
    at: datetime
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What came back from a form that was refused: the text of each field, and what is wrong with it.

    `differs`: rows of field, yours and theirs, where somebody else was faster.
    """

    open: str = ""
    fields: Mapping[str, str]
    errors: Mapping[str, str]
    notice: tuple[str, str] | None = None
    differs: tuple[tuple[str, str, str], ...] = ()

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.fields.get(name, "")

    def error(self, name: str) -> str | None:
        """What is wrong with a field."""
        return self.errors.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """The whole drawer. `key` is for its forms, `version` is what they change from."""

    id: str
    title: str
    subtitle: str
    close_href: str
    previous_href: str | None
    next_href: str | None
    page_href: str
    query: str
    key: str
    version: int
    department: str
    status: str
    is_open: bool
    is_task: bool
    due: Due
    counts_as: str
    reasons: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    owner: str | None
    owner_id: str
    is_mine: bool
    owner_note: str | None
    waits: str
    closed: str
    lights: tuple[Light, ...]
    blockers: tuple[tuple[str, str], ...]
    assignment_href: str | None
    assignment_text: str
    playbook: str
    actions: tuple[ActionLink, ...]
    may: May
    people: Choices
    days: Choices
    events: Choices
    zone: ZoneInfo
    history: tuple[Line, ...]
    notes_href: str
    task_href: str
    typed: Typed


NOTHING_TYPED = Typed(fields={}, errors={})


def item_view(page: ItemPage, *, wanted: QueueFilter, typed: Typed = NOTHING_TYPED) -> ItemView:
    """The drawer in words and addresses; `wanted` is the list that it was opened from."""
    query = urlencode(wanted.pairs())
    item, asking, names = page.item, page.asking, page.names
    who = written.clinician(names, item.clinician_id) if item.clinician_id else ""
    place = written.place(names, item.facility_id) if item.facility_id else ""
    return ItemView(
        id=item.work_item_id,
        title=item.title or kind_words(item.kind),
        subtitle=" · ".join(part for part in (who, place) if part),
        close_href=f"/work?{query}" if query else "/work",
        previous_href=_beside(page.previous_id, query),
        next_href=_beside(page.next_id, query),
        page_href=f"/work/{item.work_item_id}",
        query=query,
        key=str(new_uuid()),
        version=item.told,
        department=department_words(item),
        status=ITEM_STATUSES.get(item.status, item.status),
        is_open=item.is_open,
        is_task=item.department == TASKS,
        due=due_of(item, zone=page.zone, now=asking.now),
        counts_as=absolute(item.rank_at, page.zone) if item.rank_at != item.due_at else "",
        reasons=tuple(_reasons(page)),
        facts=tuple(_facts(page)),
        owner=owner_name(names, item.owner_id) if item.owner_id else None,
        owner_id=item.owner_id or "",
        is_mine=item.owner_id == asking.worker.person_id,
        owner_note=item.owner_note,
        waits=waits_words(item, zone=page.zone, now=asking.now),
        closed=_closed(page),
        lights=tuple(_lights(page)),
        blockers=tuple(_blockers(page)),
        assignment_href=f"/assignments/{item.assignment_id}" if item.assignment_id else None,
        assignment_text=who or "The assignment",
        playbook=kind_words((item.playbook or "").replace("-", "_")),
        actions=_actions(page),
        may=may(page),
        people=tuple(_people(page)),
        days=tuple(_days(asking.now.astimezone(ZoneInfo(page.zone)).date())),
        events=(("", "Only the day"), *((code, f"Or when {words}") for code, words in WAKING_EVENTS.items())),
        zone=ZoneInfo(page.zone),
        history=tuple(_line(one, names, zone=page.zone, now=asking.now) for one in page.history),
        notes_href=f"/notes?about=work_item&id={item.work_item_id}",
        task_href=f"/tasks/new?work_item_id={item.work_item_id}",
        typed=typed,
    )


def _beside(work_item_id: str | None, query: str) -> str | None:
    """The neighbour in the list that the item was opened from."""
    there = f"?{query}" if query else ""
    return f"/work/{work_item_id}{there}" if work_item_id else None


def may(page: ItemPage) -> May:
    """What `holding.decide` and the policy let whoever looks do."""
    item, by = page.item, page.asking.worker
    is_owner, fits = item.owner_id == by.person_id, does(by, item)
    holds = item.is_open and (is_owner or by.is_coordinator)
    is_task, waits = item.department == TASKS, is_waiting(item, page.asking.now)
    return May(
        take=item.is_open and fits and item.owner_id is None,
        release=holds and item.owner_id is not None,
        assign=item.is_open and bool(by.roles & POLICY["items.assign"]),
        hand_over=holds and item.owner_id is not None,
        snooze=item.is_open and (holds or (fits and item.owner_id is None)) and not waits,
        wake=holds and waits,
        finish=is_task and item.is_open and fits,
        reopen=is_task and not item.is_open and fits,
    )


def typed_again(refusal: Refused, asked: ChangeRequest, *, fields: Mapping[str, str], page: ItemPage | None) -> Typed:
    """What is shown again beside what was refused; `page` is how it is now, where somebody else was faster."""
    errors = {finding.pointer.lstrip("/"): finding.message for finding in refusal.findings}
    return Typed(
        open=asked.verb if asked.verb in PANELS else "",
        fields=fields,
        errors=errors,
        notice=None if errors and page is None else (str(refusal), ""),
        differs=tuple(_differences(asked, page)) if page else (),
    )


def _differences(asked: ChangeRequest, page: ItemPage) -> Iterator[tuple[str, str, str]]:
    """What whoever asked wanted, beside what is so since somebody else changed it."""
    item, names = page.item, page.names
    people = {one.person_id: one.name for one in page.colleagues}
    owner = owner_name(names, item.owner_id) if item.owner_id else "Nobody"
    to = "Nobody" if asked.to == NOBODY else people.get(asked.to, asked.to)
    waits = waits_words(item, zone=page.zone, now=page.asking.now) or "Does not wait"
    match asked.verb:
        case Verb.TAKE:
            yield "Owner", "You", owner
        case Verb.ASSIGN | Verb.HAND_OVER:
            yield "Owner", to, owner
            yield "Note", asked.note or "–", item.owner_note or "–"
        case Verb.SNOOZE:
            yield "Waits", f"until {written.day(asked.until)}" if asked.until else "–", waits
            yield "Owner", "–", owner
        case _:
            yield "Owner", "–", owner
            yield "Waits", "–", waits


def _reasons(page: ItemPage) -> Iterator[tuple[str, str]]:
    """Each reason with how far it brings the item forward."""
    for one in reasons_of(page.item):
        words = reason_words(one, page.item.department, sees_money=page.asking.sees_money)
        yield words[:1].upper() + words[1:], f"{span(one.minutes * MINUTE)} sooner"


def _facts(page: ItemPage) -> Iterator[tuple[str, str]]:
    item, assignment = page.item, page.assignment
    if item.start_date:
        yield "Start", f"{written.day(item.start_date)}, {start_words(item.start_date, page.asking)}"
    if assignment and assignment.unit:
        yield "Unit", assignment.unit
    if assignment and assignment.state:
        yield "State", written.state(assignment.state)
    money = money_words(item, sees_money=page.asking.sees_money)
    if money != "":
        yield "At stake", money or "Not shown to your role"
    yield "Effort", f"{item.weight} min"
    opener = page.names.get(item.opened_by or "") or (DEPARTMENTS.get(item.department, "") if item.opened_by else "")
    yield "Since", f"{absolute(item.opened_at, page.zone)}{f', by {opener}' if opener else ''}"


def _closed(page: ItemPage) -> str:
    item = page.item
    if item.is_open or item.closed_at is None:
        return ""
    by = page.names.get(item.closed_by or "")
    words = f"{ITEM_STATUSES.get(item.status, item.status)} {absolute(item.closed_at, page.zone)}"
    why = (item.closed_why if item.department == TASKS else kind_words(item.closed_why or "")) or ""
    return f"{words}{f', by {by}' if by else ''}{f': {why}' if why else ''}"


def _lights(page: ItemPage) -> Iterator[Light]:
    if page.assignment is None:
        return
    streams = {one.department: one for one in page.streams}
    for name in ("credentialing", "payroll", "housing", "timekeeping"):
        stream = streams.get(name)
        done = f" ({stream.done} of {stream.total})" if stream else ""
        status = getattr(page.assignment, name)
        words = STATUSES.get(status or "", "No answer yet").lower()
        title = f"{DEPARTMENTS[name]}: {words}{done}"
        yield Light(
            department=name, status=status, title=title, href=f"/assignments/{page.assignment.assignment_id}#{name}"
        )


def _blockers(page: ItemPage) -> Iterator[tuple[str, str]]:
    """What else its department waits for, this item's own first: what, and whose move it is."""
    stream = next((one for one in page.streams if one.department == page.item.department), None)
    if stream is None or not page.item.is_open:
        return
    ordered = sorted(stream.blockers, key=lambda one: one.work_item_id != page.item.work_item_id)
    for one in ordered:
        due = f", due {written.day(one.due)}" if one.due else ""
        is_own = " (this item)" if one.work_item_id == page.item.work_item_id else ""
        what = kind_words(one.code.replace(":", " ").replace("-", " "))
        yield f"{what}{is_own}", f"{kind_words(one.owner)}'s move{due}"


def _actions(page: ItemPage) -> tuple[ActionLink, ...]:
    item = page.item
    if not item.is_open or item.assignment_id is None:
        return ()
    back = f"/work/{item.work_item_id}"
    return action_links(item.actions, service=item.department, assignment_id=item.assignment_id, back=back)


def _people(page: ItemPage) -> Iterator[tuple[str, str]]:
    yield "", "Choose …"
    yield NOBODY, "Nobody (back to the queue)"
    own = page.asking.worker.person_id
    for one in page.colleagues:
        yield one.person_id, f"{one.name} (you)" if one.person_id == own else one.name


def _days(today: date) -> Sequence[tuple[str, str]]:
    """Days that are often chosen."""
    monday = today + timedelta(days=7 - today.weekday())
    wanted = (
        ("Tomorrow", today + timedelta(days=1)),
        ("In 3 days", today + timedelta(days=3)),
        ("Next Monday", monday),
        ("In 2 weeks", today + timedelta(days=14)),
    )
    chosen: dict[date, str] = {}
    for text, day in wanted:
        chosen.setdefault(day, text)
    return [(day.isoformat(), f"{text} ({written.day(day)})") for day, text in chosen.items()]


def _line(one: Happening, names: Mapping[str, str], *, zone: str, now: datetime) -> Line:
    who = names.get(one.actor) or DEPARTMENTS.get(one.actor.removeprefix("system:"), "") or "Somebody"
    return Line(
        id=one.entry_id,
        who=who,
        what=_what(one, names, zone=zone, now=now),
        at=one.at,
        source=DEPARTMENTS.get(one.service, one.service),
    )


def _what(one: Happening, names: Mapping[str, str], *, zone: str, now: datetime) -> str:
    if one.type != "work_item.assigned":
        return _DEEDS.get(one.type) or said(one.type).lower()
    waits = f" until {moment(one.snoozed_until, zone=zone, now=now)}" if one.snoozed_until else ""
    if one.owner_id is None:
        return "put it back for anybody" + (f", waiting{waits}" if waits else "")
    whose = "took it" if one.owner_id == one.actor else f"gave it to {owner_name(names, one.owner_id)}"
    return f"let it wait{waits}" if waits else whose


_DEEDS = {
    "task.opened": "wrote this task",
    "task.done": "ticked it off",
    "task.reopened": "opened it again",
    "work_item.opened": "asked for it",
    "work_item.completed": "has it done",
    "work_item.withdrawn": "needs it no longer",
}
"""What happens to items, as the end of a sentence that begins with who."""
