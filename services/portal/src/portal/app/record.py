"""The last step of every change of a work item."""

from dataclasses import replace

from portal.domain.item import WorkItem
from portal.storage import assignments, work_items
from shared.db.work import Work


async def record(work: Work, item: WorkItem, *, before: WorkItem | None = None) -> WorkItem:
    """Saves the item, and counts the open items of its assignment again unless it is open, or closed, as it was."""
    saved = work_items.save(work.session, item)
    if item.assignment_id and (before is None or before.is_open != item.is_open):
        known = await assignments.to_change(work.session, item.assignment_id, now=work.now)
        open_items = len(await work_items.open_of(work.session, item.assignment_id))
        if open_items != known.open_items:
            assignments.save(work.session, replace(known, open_items=open_items, changed_at=work.now))
    return saved
