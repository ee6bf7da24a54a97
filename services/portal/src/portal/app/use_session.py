"""Somebody who is signed in asks for something, or an open page of theirs does by itself."""

from portal.domain.browser_session import BrowserSession, is_back, is_live, is_to_note, needs_renewal
from portal.storage import sessions
from shared.db.real_time import real_now_at_last
from shared.db.work import Work


async def use_session(work: Work, session_hash: str, *, is_use: bool) -> tuple[BrowserSession, bool] | None:
    """The session of this cookie, and whether its tokens are to be renewed first; None when there is none that holds.

    A use is noted, once a minute.

    INVARIANT: a page that is open keeps nobody signed in; what it asks for by itself is no use.
    What breaks it: noting whatever comes. A tab left open would be good for whoever sits down at it, for 12 hours.
    """
    found = await sessions.by_hash(work.session, session_hash)
    if found is None:
        return None
    now = await real_now_at_last(work.session)
    if not is_live(found, now):
        await sessions.end(work.session, session_hash)
        return None
    if is_use and is_to_note(found, now):
        await sessions.note_use(work.session, session_hash, now=now)
    return found, needs_renewal(found, now) or (is_use and is_back(found, now))
