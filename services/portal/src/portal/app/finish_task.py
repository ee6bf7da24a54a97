"""Somebody did a task."""

from dataclasses import dataclass

from portal.app.record import record
from portal.app.record_entry import record_entry
from portal.domain.entry import Entry
from portal.domain.holding import Worker
from portal.domain.item import WorkItem, ranked
from portal.domain.task import finished
from portal.storage import work_items
from shared.db.versions import require_version
from shared.db.work import Work

DONE = "task.done"


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishTask:
    """The task, and what its maker should know about how it went."""

    work_item_id: str
    why: str = ""


async def finish_task(work: Work, command: FinishTask) -> WorkItem:
    """The task, done. Raises NotFound, VersionMismatch (compared with `told`) and what `task.finished` raises."""
    task = await work_items.to_change(work.session, command.work_item_id)
    require_version(task.told, work.seen_version)
    done = finished(task, by=Worker.of(work.principal), why=command.why, now=work.now)
    saved = await record(work, ranked(done, None), before=task)
    entry = Entry(type=DONE, key=saved.work_item_id, work_item_id=saved.work_item_id, assignment_id=saved.assignment_id)
    await record_entry(work, entry)
    return saved
