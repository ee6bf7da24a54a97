"""Publishes what changed in a department's standing: the only place that thinks about its events."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from shared.contracts.event import Event, decode, encode
from shared.contracts.workstreams import (
    Blocker,
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.db.rows import Kept, Rows
from shared.db.work import Work
from shared.workstreams.standing import Obstacle, Standing, Task
from shared.workstreams.tables import work_item, workstream

Row = Mapping[str, Any]

_workstreams = Rows(workstream)
_open_items = Rows(work_item, only=work_item.c.state == "open")


async def report(work: Work, standing: Standing) -> None:
    """Brings work items and workstream in line with the standing, and publishes each difference, if there is any.

    Call it last in a use case, with the department's aggregate locked. Reporting the same standing again does nothing.
    """
    kept = await _said_before(work, standing.assignment_id)
    ids = _report_work_items(work, standing, await _open_items_of(work, standing.assignment_id) if kept else {})
    before = decode(WorkstreamChanged, kept.row["body"].encode()) if kept else None
    now_said = WorkstreamChanged(
        assignment_id=standing.assignment_id,
        terms_version=standing.terms_version,
        status=standing.status,
        done=standing.done,
        total=standing.total,
        expected_ready_on=standing.expected_ready_on,
        blockers=tuple(_blocker(work.now, obstacle, ids, before) for obstacle in standing.obstacles),
    )
    if kept is None or now_said != before:
        _say(work, now_said, kept)
    else:
        _note_look(work, kept)


async def load(work: Work, assignment_ids: Collection[str]) -> None:
    """Reads and locks at once what `report` will ask for, one assignment after another."""
    await _workstreams.load(work.session, workstream.c.assignment_id, values=assignment_ids, lock=True)
    known = [assignment_id for assignment_id in assignment_ids if await _said_before(work, assignment_id)]
    await _open_items.load(work.session, work_item.c.assignment_id, values=known)


async def _said_before(work: Work, assignment_id: str) -> Kept | None:
    rows = await _workstreams.where(work.session, workstream.c.assignment_id, value=assignment_id, lock=True)
    return rows[0] if rows else None


def _say(work: Work, said: WorkstreamChanged, before: Kept | None) -> None:
    version = before.row["version"] + 1 if before else 1
    row = {
        "assignment_id": said.assignment_id,
        "version": version,
        "body": work.publish(said, version=version),
        "is_closed": said.status is Status.CLOSED,
        "looked_at": work.now,
    }
    _workstreams.put(work.session, row, was=before.row["version"] if before else None)


def _note_look(work: Work, before: Kept) -> None:
    _workstreams.put(work.session, {**before.row, "looked_at": work.now}, was=before.row["version"])


def _blocker(now: datetime, obstacle: Obstacle, ids: dict[str, str], before: WorkstreamChanged | None) -> Blocker:
    """The obstacle as others see it; one that was there before keeps the instant since when."""
    item_id = ids.get(obstacle.task_key or "")
    since = _since(obstacle, item_id, before.blockers) if before else None
    return Blocker(code=obstacle.code, owner=obstacle.owner, since=since or now, due=obstacle.due, work_item_id=item_id)


def _since(obstacle: Obstacle, item_id: str | None, before: Sequence[Blocker]) -> datetime | None:
    same = (blocker for blocker in before if (blocker.code, blocker.owner) == (obstacle.code, obstacle.owner))
    return next((blocker.since for blocker in same if blocker.work_item_id in (None, item_id)), None)


async def _open_items_of(work: Work, assignment_id: str) -> dict[str, Row]:
    rows = await _open_items.where(work.session, work_item.c.assignment_id, value=assignment_id)
    return {kept.row["key"]: kept.row for kept in rows if kept.row["state"] == "open"}


def _report_work_items(work: Work, standing: Standing, open_now: Mapping[str, Row]) -> dict[str, str]:
    """Returns the ids of the work items that are open afterwards, by the key of their task."""
    wanted = {task.key: task for task in standing.tasks}
    for key, row in open_now.items():
        if key not in wanted:
            _end(work, row, is_done=key in standing.completed, why=standing.withdrawal)
    return {key: _open(work, standing.assignment_id, task, open_now.get(key)) for key, task in wanted.items()}


def _open(work: Work, assignment_id: str, task: Task, present: Row | None) -> str:
    """Opens the item of a task, or says it anew where something in it changed; returns its id."""
    item_id: str = present["work_item_id"] if present else work.new_id("wki")
    said = WorkItemOpened(
        work_item_id=item_id,
        kind=task.kind,
        assignment_id=assignment_id,
        due_at=task.due_at,
        weight=task.weight_minutes,
        money_at_stake_cents=task.money_at_stake_cents,
        skill=task.skill,
        playbook=task.playbook,
        partition=task.partition,
        actions=task.actions,
    )
    if present and _says(present, said):
        return item_id
    version = present["version"] + 1 if present else 1
    row = {
        "work_item_id": item_id,
        "assignment_id": assignment_id,
        "key": task.key,
        "kind": task.kind,
        "version": version,
        "state": "open",
        "due_at": task.due_at,
        "body": work.publish(said, version=version),
    }
    _open_items.put(work.session, row, was=present["version"] if present else None)
    return item_id


def _says(present: Row, said: WorkItemOpened) -> bool:
    """Whether the item says this already; an older release may have written it without fields that have defaults."""
    body = present["body"].encode()
    return body == encode(said) or said == decode(WorkItemOpened, body)


def _end(work: Work, row: Row, *, is_done: bool, why: str) -> None:
    version = row["version"] + 1
    state = "completed" if is_done else "withdrawn"
    _open_items.put(work.session, {**row, "state": state, "version": version}, was=row["version"])
    item_id, assignment_id, kind = row["work_item_id"], row["assignment_id"], row["kind"]
    ended: Event
    if is_done:
        ended = WorkItemCompleted(work_item_id=item_id, assignment_id=assignment_id, kind=kind)
    else:
        ended = WorkItemWithdrawn(work_item_id=item_id, assignment_id=assignment_id, kind=kind, reason=why)
    work.publish(ended, version=version)
