"""Where one department stands with one assignment, as its rules decide it.

A department's domain computes the whole `Standing` from its own state. `shared.workstreams.reporting` compares it with
what was said before and publishes the difference: `workstream.changed` when anything in it changed, and work items
opened, completed or withdrawn. So no rule ever thinks about events.
"""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.workstreams import Action, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing a person must do now. `key` is unique within the assignment, such as `verify:LIC-RN`.

    `weight_minutes` is the usual effort; `money_at_stake_cents` what is lost if it is late; `partition` the part of the
    file a person must be allowed to see.
    """

    key: str
    kind: str
    due_at: datetime
    weight_minutes: int
    skill: str
    partition: str = "personnel"
    actions: tuple[Action, ...] = ()
    money_at_stake_cents: int | None = None
    playbook: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One thing between the workstream and ready: a stable code, whose move it is, its last day, its task."""

    code: str
    owner: str
    due: date | None = None
    task_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A department's whole answer to one version of the terms.

    `done` of `total` steps are behind us. `completed` names the tasks that were done (as opposed to those that fell
    away); naming one that was never opened does no harm. `withdrawal` says why tasks fall away, if any do.
    """

    assignment_id: str
    terms_version: int
    status: Status
    done: int
    total: int
    expected_ready_on: date | None = None
    obstacles: tuple[Obstacle, ...] = ()
    tasks: tuple[Task, ...] = ()
    completed: frozenset[str] = frozenset()
    withdrawal: str = "no_longer_needed"
