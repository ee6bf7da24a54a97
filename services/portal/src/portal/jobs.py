"""What the portal does by itself."""

from portal.app.forget_presence import forget_presence
from portal.app.forget_sessions import forget_sessions
from portal.app.wake_items import wake_items
from shared.db.work import Work
from shared.runtime.jobs import Jobs

jobs = Jobs()


@jobs.every(seconds=15)
async def wake_what_waited(work: Work) -> int:
    """Puts snoozed items back into the queue when their time has come; returns how many."""
    return await wake_items(work)


@jobs.every(seconds=300)
async def forget_sessions_that_ended(work: Work) -> int:
    """Deletes sessions of browsers that ended by themselves; returns how many."""
    return await forget_sessions(work)


@jobs.every(seconds=30)
async def forget_who_went_away(work: Work) -> int:
    """Deletes presence that nobody renewed for a minute; returns how many rows."""
    return await forget_presence(work)
