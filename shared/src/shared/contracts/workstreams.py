"""Shapes that each of the departments publishes on a topic of its own: workstreams and work items."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.contracts.event import Event, event


class Status(StrEnum):
    """How far a department is with an assignment."""

    OPEN = "open"
    AT_RISK = "at_risk"
    BLOCKED = "blocked"
    READY = "ready"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """One thing between a workstream and ready: a stable code, whose move it is, since when, and until when.

    `owner` is a role or party, such as `clinician`, `facility` or `payroll_specialist`.
    """

    code: str
    owner: str
    since: datetime
    due: date | None = None
    work_item_id: str | None = None


@event("workstream.changed")
class WorkstreamChanged(Event):
    """One department's whole standing for an assignment, as an answer to `terms_version`."""

    assignment_id: str
    terms_version: int
    status: Status
    done: int
    total: int
    expected_ready_on: date | None = None
    blockers: tuple[Blocker, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One way to complete a work item: a command of the service that opened it."""

    name: str
    method: str
    path: str


@event("work_item.opened")
class WorkItemOpened(Event):
    """A person must do something. `weight` is effort in minutes; `money_at_stake_cents` what is lost if it is late."""

    work_item_id: str
    kind: str
    assignment_id: str
    due_at: datetime
    weight: int
    skill: str
    partition: str
    actions: tuple[Action, ...]
    money_at_stake_cents: int | None = None
    playbook: str | None = None


@event("work_item.completed")
class WorkItemCompleted(Event):
    """The work item is done."""

    work_item_id: str
    assignment_id: str
    kind: str


@event("work_item.withdrawn")
class WorkItemWithdrawn(Event):
    """The work item is no longer needed."""

    work_item_id: str
    assignment_id: str
    kind: str
    reason: str
