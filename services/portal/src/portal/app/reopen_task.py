"""A task that somebody ticked off is to be done after all."""

from portal.app.record import record
from portal.app.record_entry import record_entry
from portal.domain.entry import Entry
from portal.domain.holding import Worker
from portal.domain.item import WorkItem, ranked
from portal.domain.task import reopened
from portal.storage import assignments, work_items, workstreams
from shared.db.versions import require_version
from shared.db.work import Work

REOPENED = "task.reopened"


async def reopen_task(work: Work, work_item_id: str) -> WorkItem:
    """The task, open and ranked as on the first day.

    Raises NotFound, VersionMismatch (compared with `told`) and what `task.reopened` raises.
    """
    task = await work_items.to_change(work.session, work_item_id)
    require_version(task.told, work.seen_version)
    again = reopened(task, by=Worker.of(work.principal), now=work.now)
    if again == task:
        return task
    assignment_id = task.assignment_id
    assignment = await assignments.known(work.session, assignment_id) if assignment_id else None
    streams = await workstreams.of_assignment(work.session, assignment_id) if assignment_id else ()
    saved = await record(work, ranked(again, assignment, streams=streams), before=task)
    entry = Entry(type=REOPENED, key=work_item_id, work_item_id=work_item_id, assignment_id=assignment_id)
    await record_entry(work, entry)
    return saved
