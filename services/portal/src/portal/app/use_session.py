"""Somebody who is signed in asks for something."""

from portal.domain.browser_session import BrowserSession, is_live, is_to_note, needs_renewal
from portal.storage import sessions
from shared.db.work import Work


async def use_session(work: Work, session_hash: str) -> tuple[BrowserSession, bool] | None:
    """The session of this cookie, and whether its tokens are to be renewed first; None when there is none that holds.

    The use is noted, once a minute.
    """
    found = await sessions.by_hash(work.session, session_hash)
    if found is None:
        return None
    now = await sessions.real_now(work.session)
    if not is_live(found, now):
        await sessions.end(work.session, session_hash)
        return None
    if is_to_note(found, now):
        await sessions.note_use(work.session, session_hash, now=now)
    return found, needs_renewal(found, now)
