"""Sessions that ended by themselves are forgotten."""

from portal.storage import sessions
from shared.db.real_time import real_now_at_last
from shared.db.work import Work

MOST = 1000


async def forget_sessions(work: Work) -> int:
    """Deletes what is over, some at a time; how many."""
    return await sessions.forget_over(work.session, now=await real_now_at_last(work.session), most=MOST)
