"""Who does a work item, and until when it waits: who may decide it, and what is so afterwards.

A department says that an item exists and when it is done; everything here is the portal's own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from portal.domain.errors import (
    AssigneeDoesNotFit,
    HandOverInvalid,
    HeldByAnother,
    ItemClosed,
    NotYourDepartment,
    SnoozeInvalid,
    TakenByAnother,
)
from portal.domain.item import WorkItem
from portal.domain.listed import Listed
from shared.errors import Finding
from shared.principal import Principal

TASKS = "portal"
"""The department of tasks, which people write; their `skill` says whose work they are."""

EVERY_DEPARTMENT = frozenset({"coordinator", "lead"})
"""The roles that do any department's work and decide who does it."""

SPECIALIST_OF: Mapping[str, str] = {
    "credentialing": "credentialing_specialist",
    "payroll": "payroll_specialist",
    "housing": "housing_specialist",
    "timekeeping": "timekeeping_specialist",
}
DEPARTMENT_OF: Mapping[str, str] = {role: department for department, role in SPECIALIST_OF.items()}

LONGEST_NOTE = 2000
LONGEST_WAIT = timedelta(days=90)
"""What waits longer is forgotten, not snoozed."""

WAKING_EVENTS: Mapping[str, str] = {
    "agreement.signed": "the agreement is signed",
    "assignment.confirmed": "the client confirms",
    "assignment.changed": "the terms change",
    "clearance.granted": "clearance is granted",
    "assignment.started": "the clinician starts",
    "timecard.approved": "a timecard is approved",
    "pay.issued": "pay is issued",
}
"""What an item can wait for, and how people say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Somebody who may do work here. `roles` count those that a grant lends."""

    person_id: str
    roles: frozenset[str]

    @staticmethod
    def of(principal: Principal) -> "Worker":
        """Whoever acts, with the roles that they have or were lent; how far a grant reaches is decided before."""
        lent = {grant.role for grant in principal.grants}
        return Worker(person_id=principal.subject, roles=principal.roles | lent)

    @property
    def is_coordinator(self) -> bool:
        """Whether they decide who does what."""
        return bool(self.roles & EVERY_DEPARTMENT)

    @property
    def departments(self) -> frozenset[str]:
        """The departments whose work they do, besides tasks; empty for coordinators, who do every one's."""
        return frozenset(DEPARTMENT_OF[role] for role in self.roles if role in DEPARTMENT_OF)


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """It is mine from now on, and waits no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """It is nobody's again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign:
    """A coordinator says whose it is; None: nobody's."""

    to: Worker | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Its owner (or a coordinator) passes it on with what the next one must know; None: to nobody in particular."""

    to: Worker | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """It waits until the instant, or until an event of this type happens to its assignment, whichever is first."""

    until: datetime
    event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """It waits no longer."""


Change = Take | Release | Assign | HandOver | Snooze | Wake


def does(worker: Worker, item: WorkItem | Listed) -> bool:
    """Whether it is theirs to do: coordinators do any item, specialists their department's and the tasks for them."""
    if worker.is_coordinator or item.owner_id == worker.person_id:
        return True
    if item.department == TASKS:
        return item.skill in worker.roles
    return item.department in worker.departments


def decide(change: Change, item: WorkItem, *, by: Worker, now: datetime) -> WorkItem:
    """The item after this change by this worker; the same item where nothing changes.

    Raises ItemClosed, NotYourDepartment, TakenByAnother, HeldByAnother, AssigneeDoesNotFit, HandOverInvalid and
    SnoozeInvalid.
    """
    if not item.is_open:
        raise ItemClosed(status=item.status)
    match change:
        case Take():
            return _taken(item, by=by, now=now)
        case Assign(to=to, note=note):
            return _given(item, to, note=note, now=now)
        case HandOver(to=to, note=note):
            _require_held_by(item, by)
            _require(HandOverInvalid, faults_of_note(note, is_required=True))
            return _given(item, to, note=note, now=now)
        case Snooze():
            return _snoozed(item, change, by=by, now=now)
        case Release():
            _require_held_by(item, by)
            return _given(item, None, note="", now=now)
        case Wake():
            _require_held_by(item, by)
            return awake(item)


def awake(item: WorkItem) -> WorkItem:
    """The item, no longer waiting."""
    return replace(item, snoozed_until=None, snoozed_for=None)


def is_waiting(item: WorkItem, now: datetime) -> bool:
    """Whether the item is out of the queue for now."""
    return item.snoozed_until is not None and item.snoozed_until > now


def faults_of_note(note: str, *, is_required: bool) -> Iterator[Finding]:
    """What is wrong with the words for the next one."""
    if is_required and not note.strip():
        yield Finding(pointer="/note", code="note_missing", message="Say what the next one needs to know.")
    if len(note) > LONGEST_NOTE:
        message = f"Keep the note within {LONGEST_NOTE:,} characters."
        yield Finding(pointer="/note", code="note_too_long", message=message)


def _taken(item: WorkItem, *, by: Worker, now: datetime) -> WorkItem:
    if not does(by, item):
        raise NotYourDepartment(department=item.department)
    if item.owner_id not in (None, by.person_id):
        raise TakenByAnother
    if item.owner_id == by.person_id:
        return awake(item)
    return awake(replace(item, owner_id=by.person_id, owned_at=now, owner_note=None))


def _given(item: WorkItem, to: Worker | None, *, note: str, now: datetime) -> WorkItem:
    """What is given to somebody waits no longer: whether it can wait is for them to say."""
    _require(HandOverInvalid, faults_of_note(note, is_required=False))
    if to and not does(to, item):
        raise AssigneeDoesNotFit(
            department=item.department,
            findings=(Finding(pointer="/to", code="does_not_fit", message="Choose somebody who does this work."),),
        )
    owner_id = to.person_id if to else None
    if owner_id == item.owner_id and not note.strip():
        return awake(item)
    return awake(replace(item, owner_id=owner_id, owned_at=now if to else None, owner_note=note.strip() or None))


def _snoozed(item: WorkItem, change: Snooze, *, by: Worker, now: datetime) -> WorkItem:
    """What nobody did becomes the work of whoever lets it wait: otherwise it would be hidden and nobody's."""
    if item.owner_id is None and not does(by, item):
        raise NotYourDepartment(department=item.department)
    if item.owner_id is not None:
        _require_held_by(item, by)
    _require(SnoozeInvalid, _faults_of_snooze(change, now))
    waiting = replace(item, snoozed_until=change.until, snoozed_for=change.event)
    return waiting if item.owner_id else replace(waiting, owner_id=by.person_id, owned_at=now, owner_note=None)


def _require_held_by(item: WorkItem, by: Worker) -> None:
    if not by.is_coordinator and item.owner_id != by.person_id:
        raise HeldByAnother


def _require(refusal: type[HandOverInvalid] | type[SnoozeInvalid], faults: Iterator[Finding]) -> None:
    findings = tuple(faults)
    if findings:
        raise refusal(findings=findings)


def _faults_of_snooze(change: Snooze, now: datetime) -> Iterator[Finding]:
    if change.until <= now:
        yield Finding(pointer="/until", code="not_ahead", message="Choose a day that lies ahead.")
    if change.until > now + LONGEST_WAIT:
        message = f"Choose a day within {LONGEST_WAIT.days} days."
        yield Finding(pointer="/until", code="too_far_ahead", message=message)
    if change.event is not None and change.event not in WAKING_EVENTS:
        yield Finding(pointer="/event", code="unknown_event", message="Choose one of the events offered.")
