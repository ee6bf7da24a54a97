"""What waited until now is in the queue again."""

from portal.app.change_item import change_item
from portal.domain.holding import awake
from portal.storage import work_items
from shared.db.work import Work

AT_MOST = 100
"""Items of one turn of the job."""


async def wake_items(work: Work) -> int:
    """Wakes items whose instant has passed, and tells so; how many."""
    ids = await work_items.to_wake(work.session, now=work.now, limit=AT_MOST)
    await work_items.load_to_change(work.session, ids)
    for work_item_id in ids:
        await change_item(work, work_item_id, decide=awake)
    return len(ids)
