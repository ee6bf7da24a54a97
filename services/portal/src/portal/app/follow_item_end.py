"""A work item is done, or no longer needed."""

from portal.app.record import record
from portal.domain.item import closed, ranked
from portal.storage import assignments, timeline, work_items
from shared.contracts.workstreams import WorkItemCompleted, WorkItemWithdrawn
from shared.db.work import Work
from shared.errors import NotFound


async def follow_item_end(work: Work, said: WorkItemCompleted | WorkItemWithdrawn) -> None:
    """It leaves the queue. Raises NotFound for one that was never opened, which its own stream forbids."""
    entry = await timeline.of_event(work)
    assignment = await assignments.to_change(work.session, said.assignment_id, now=work.now)
    before = await work_items.find(work.session, said.work_item_id)
    if before is None:
        raise NotFound(what="work item", id=said.work_item_id)
    await record(work, ranked(closed(before, said, entry=entry, now=work.now), assignment))
