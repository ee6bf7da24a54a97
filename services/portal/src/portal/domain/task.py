"""Tasks: work that a person writes down for somebody, beside what the departments ask for."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from portal.domain.errors import AssigneeDoesNotFit, ItemClosed, NotATask, NotYourDepartment, TaskInvalid
from portal.domain.holding import DEPARTMENT_OF, LONGEST_NOTE, TASKS, Worker, does
from portal.domain.item import COMPLETED, OPEN, WorkItem
from shared.errors import Finding

KIND = "task"
ANYBODY_OF = (*DEPARTMENT_OF, "coordinator")
"""The roles that a task can be for."""

LONGEST_TITLE = 200
FURTHEST = timedelta(days=366)
END_OF_WORK = time(17)
"""When a task is due on its day."""

USUAL_MINUTES = 15
PARTITION = "personnel"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """A task as somebody wrote it. `skill`: the role whose work it is; `to`: who does it, None while nobody does."""

    title: str
    due_on: date | None
    skill: str
    to: Worker | None = None
    is_to_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a task is about: an assignment, or a clinician alone, or neither; a day begins in this zone."""

    time_zone: str
    assignment_id: str | None = None
    clinician_id: str | None = None
    facility_id: str | None = None
    source: str | None = None


def opened(draft: TaskDraft, about: About, *, work_item_id: str, by: str, now: datetime) -> WorkItem:
    """The task as an item of the queue, not ranked yet. Raises TaskInvalid and AssigneeDoesNotFit."""
    findings = tuple(_faults(draft, today=now.astimezone(ZoneInfo(about.time_zone)).date()))
    if findings or draft.due_on is None:
        raise TaskInvalid(findings=findings)
    due_at = datetime.combine(draft.due_on, END_OF_WORK, ZoneInfo(about.time_zone)).astimezone(UTC)
    task = WorkItem(
        work_item_id=work_item_id,
        department=TASKS,
        kind=KIND,
        title=draft.title,
        assignment_id=about.assignment_id,
        clinician_id=about.clinician_id,
        facility_id=about.facility_id,
        source=about.source,
        due_at=due_at,
        rank_at=due_at,
        weight=USUAL_MINUTES,
        skill=draft.skill,
        partition=PARTITION,
        opened_at=now,
        opened_by=by,
        changed_at=now,
        told=1,
    )
    if draft.to is None:
        return task
    if not does(draft.to, task):
        finding = Finding(pointer="/to", code="does_not_fit", message="Choose somebody who does this work.")
        raise AssigneeDoesNotFit(department=draft.skill, findings=(finding,))
    return replace(task, owner_id=draft.to.person_id, owned_at=now)


def finished(task: WorkItem, *, by: Worker, why: str, now: datetime) -> WorkItem:
    """The task, done. Raises NotATask, ItemClosed and NotYourDepartment."""
    if task.department != TASKS:
        raise NotATask(department=task.department)
    if not task.is_open:
        raise ItemClosed(status=task.status)
    if not does(by, task):
        raise NotYourDepartment(department=task.skill)
    return replace(
        task,
        is_open=False,
        status=COMPLETED,
        closed_at=now,
        closed_by=by.person_id,
        closed_why=why[:LONGEST_NOTE] or None,
        snoozed_until=None,
        snoozed_for=None,
        changed_at=now,
    )


def reopened(task: WorkItem, *, by: Worker, now: datetime) -> WorkItem:
    """The task, to be done after all; one that is open stays as it is. Raises NotATask and NotYourDepartment."""
    if task.department != TASKS:
        raise NotATask(department=task.department)
    if not does(by, task):
        raise NotYourDepartment(department=task.skill)
    if task.is_open:
        return task
    return replace(
        task,
        is_open=True,
        status=OPEN,
        closed_at=None,
        closed_by=None,
        closed_why=None,
        changed_at=now,
    )


def _faults(draft: TaskDraft, today: date) -> Iterator[Finding]:
    if not draft.title.strip():
        yield Finding(pointer="/title", code="title_missing", message="Say what is to be done.")
    if len(draft.title) > LONGEST_TITLE:
        message = f"Keep the title within {LONGEST_TITLE} characters; a note has room for more."
        yield Finding(pointer="/title", code="title_too_long", message=message)
    if draft.skill not in ANYBODY_OF:
        yield Finding(pointer="/skill", code="unknown_role", message="Choose whose work it is.")
    yield from _faults_of_day(draft.due_on, today)
    if draft.is_to_unknown:
        yield Finding(pointer="/to", code="assignee_unknown", message="Choose somebody who works here.")


def _faults_of_day(due_on: date | None, today: date) -> Iterator[Finding]:
    if due_on is None:
        yield Finding(pointer="/due_on", code="day_missing", message="Choose the day on which it is due.")
    elif due_on < today:
        yield Finding(pointer="/due_on", code="not_ahead", message="Choose today or a day that lies ahead.")
    elif due_on > today + FURTHEST:
        yield Finding(pointer="/due_on", code="too_far_ahead", message="Choose a day within a year.")
