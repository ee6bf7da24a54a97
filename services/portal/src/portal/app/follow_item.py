"""A department needs a person to do something."""

from portal.app.record import record
from portal.domain.item import opened, ranked
from portal.storage import assignments, timeline, work_items, workstreams
from shared.contracts.workstreams import WorkItemOpened
from shared.db.work import Work


async def follow_item(work: Work, said: WorkItemOpened) -> None:
    """The item stands in the queue, ranked; said anew, it keeps who does it."""
    entry = await timeline.of_event(work)
    assignment = await assignments.to_change(work.session, said.assignment_id, now=work.now)
    streams = await workstreams.of_assignment(work.session, said.assignment_id)
    before = await work_items.find(work.session, said.work_item_id)
    item = opened(before, said, entry=entry, now=work.now)
    await record(work, ranked(item, assignment, streams=streams))
