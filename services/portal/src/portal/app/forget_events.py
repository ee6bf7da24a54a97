"""The read model is made anew."""

from portal.storage import heard
from shared.db.work import Work


async def forget_events(work: Work) -> int:
    """Forgets every event that was heard, and what is shown of it alone; returns how many events.

    What is the portal's own stays: who does an item and until when it waits, tasks, notes, views, sessions, and the
    lines of the timeline that the portal wrote. Services then republish for the portal.
    """
    work.audit("events.forget", object_id=None, reason="the read model is made anew")
    return await heard.forget(work.session)
