"""Whether somebody is still signed in, asked without counting as a use."""

from portal.domain.browser_session import is_live
from portal.storage import sessions
from shared.db.real_time import real_now_at_last
from shared.db.work import Work


async def holds(work: Work, session_hash: str) -> bool:
    """Whether the session of this cookie is there and has not ended."""
    found = await sessions.by_hash(work.session, session_hash)
    return found is not None and is_live(found, await real_now_at_last(work.session))
