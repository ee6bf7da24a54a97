"""Publishes what changed in a department's standing: the only place that thinks about its events."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from shared.contracts.event import Event, decode, encode
from shared.contracts.workstreams import (
    Blocker,
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.db.work import Work
from shared.workstreams.standing import Obstacle, Standing, Task
from shared.workstreams.tables import work_item, workstream


async def report(work: Work, standing: Standing) -> None:
    """Brings work items and workstream in line with the standing, and publishes each difference, if there is any.

    Call it last in a use case, with the department's aggregate locked. Reporting the same standing again does nothing.
    """
    ids = await _report_work_items(work, standing)
    row = await _said_before(work, standing.assignment_id)
    before = decode(WorkstreamChanged, row.body.encode()) if row else None
    now_said = WorkstreamChanged(
        assignment_id=standing.assignment_id,
        terms_version=standing.terms_version,
        status=standing.status,
        done=standing.done,
        total=standing.total,
        expected_ready_on=standing.expected_ready_on,
        blockers=tuple(_blocker(work.now, obstacle, ids, before) for obstacle in standing.obstacles),
    )
    if row is None or now_said != before:
        await _say(work, now_said, version=row.version + 1 if row else 1)
    else:
        await _note_look(work, standing.assignment_id)


async def _said_before(work: Work, assignment_id: str) -> Row[Any] | None:
    statement = select(workstream).where(workstream.c.assignment_id == assignment_id).with_for_update()
    return (await work.session.execute(statement)).one_or_none()


async def _say(work: Work, said: WorkstreamChanged, *, version: int) -> None:
    row = {
        "version": version,
        "body": encode(said).decode(),
        "is_closed": said.status is Status.CLOSED,
        "looked_at": work.now,
    }
    statement = upsert(workstream).values(assignment_id=said.assignment_id, **row)
    await work.session.execute(statement.on_conflict_do_update(index_elements=["assignment_id"], set_=row))
    work.publish(said, version=version)


async def _note_look(work: Work, assignment_id: str) -> None:
    looked = update(workstream).where(workstream.c.assignment_id == assignment_id).values(looked_at=work.now)
    await work.session.execute(looked)


def _blocker(now: datetime, obstacle: Obstacle, ids: dict[str, str], before: WorkstreamChanged | None) -> Blocker:
    """The obstacle as others see it; one that was there before keeps the instant since when."""
    item_id = ids.get(obstacle.task_key or "")
    same = (b for b in (before.blockers if before else ()) if (b.code, b.owner) == (obstacle.code, obstacle.owner))
    since = next((b.since for b in same if b.work_item_id in (None, item_id)), now)
    return Blocker(code=obstacle.code, owner=obstacle.owner, since=since, due=obstacle.due, work_item_id=item_id)


@dataclass(frozen=True, slots=True)
class _Open:
    """A work item that is open now."""

    id: str
    version: int
    said: WorkItemOpened


async def _report_work_items(work: Work, standing: Standing) -> dict[str, str]:
    """Returns the ids of the work items that are open afterwards, by the key of their task."""
    open_now = await _open_items(work, standing.assignment_id)
    wanted = {task.key: task for task in standing.tasks}
    for key, item in open_now.items():
        if key not in wanted:
            await _end(work, item, is_done=key in standing.completed, why=standing.withdrawal)
    ids = {}
    for key, task in wanted.items():
        ids[key] = await _open(work, standing.assignment_id, task, open_now.get(key))
    return ids


async def _open_items(work: Work, assignment_id: str) -> dict[str, _Open]:
    rows = await work.session.execute(
        select(work_item).where(work_item.c.assignment_id == assignment_id, work_item.c.state == "open")
    )
    return {
        row.key: _Open(row.work_item_id, row.version, decode(WorkItemOpened, row.body.encode())) for row in rows.all()
    }


async def _open(work: Work, assignment_id: str, task: Task, present: _Open | None) -> str:
    item_id = present.id if present else work.new_id("wki")
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
    if present and said == present.said:
        return item_id
    version = present.version + 1 if present else 1
    row = {"version": version, "due_at": task.due_at, "body": encode(said).decode()}
    if present:
        await work.session.execute(update(work_item).where(work_item.c.work_item_id == item_id).values(**row))
    else:
        place = {"work_item_id": item_id, "assignment_id": assignment_id, "key": task.key, "kind": task.kind}
        await work.session.execute(insert(work_item).values(state="open", **place, **row))
    work.publish(said, version=version)
    return item_id


async def _end(work: Work, item: _Open, *, is_done: bool, why: str) -> None:
    said = item.said
    await work.session.execute(
        update(work_item)
        .where(work_item.c.work_item_id == item.id)
        .values(state="completed" if is_done else "withdrawn", version=item.version + 1)
    )
    ended: Event
    if is_done:
        ended = WorkItemCompleted(work_item_id=item.id, assignment_id=said.assignment_id, kind=said.kind)
    else:
        ended = WorkItemWithdrawn(work_item_id=item.id, assignment_id=said.assignment_id, kind=said.kind, reason=why)
    work.publish(ended, version=item.version + 1)
