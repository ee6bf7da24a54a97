"""What has long ended is deleted: sign-ins, codes, tokens, failures, devices not seen for half a year."""

from identity.storage import sessions
from identity.storage.real_time import real_now
from shared.db.work import Work

MOST = 500


async def forget_over(work: Work) -> int:
    """Deletes some; how many."""
    return await sessions.forget_over(work.session, now=await real_now(work.session), most=MOST)
