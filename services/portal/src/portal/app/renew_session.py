"""The access token of a session is about to end, and the next one is fetched.

Identity hears with it when the session was last used: its own sign-in ends as long after that as the session does.
"""

from datetime import datetime

from portal.clients.identity import Identity
from portal.clients.session_seal import SessionSeal
from portal.domain.browser_session import BrowserSession, is_usable, needs_renewal
from portal.domain.session_errors import IdentityAway
from portal.storage import sessions
from shared.db.real_time import real_now_at_last
from shared.db.work import Work


async def renew_session(
    work: Work, session_hash: str, *, seen_end: datetime, identity: Identity, seal: SessionSeal
) -> BrowserSession | None:
    """The session with good tokens; None when identity refuses for good, which ends it.

    `seen_end` is the end of the access token that was found to be renewed: with another, somebody else renewed it.

    INVARIANT: a refresh token is sent once. Identity takes a second use for a theft and ends the sign-in.
    What breaks it: asking without the row's lock, or without looking again once the lock is had.

    Raises IdentityAway when nobody answers and the token at hand is over; the session is kept.
    """
    found = await sessions.by_hash(work.session, session_hash, lock=True)
    now = await real_now_at_last(work.session)
    if found is None or (found.access_ends_at != seen_end and not needs_renewal(found, now)):
        return found
    kept = seal.open_tokens(found.tokens, place=session_hash)
    try:
        fresh = await identity.renewed(kept, idle=now - found.seen_at) if kept else None
    except IdentityAway:
        if is_usable(found, now):
            return found
        raise
    if fresh is None:
        await sessions.end(work.session, session_hash)
        return None
    sealed, ends_at = seal.seal_tokens(fresh, place=session_hash), now + fresh.lives
    await sessions.renew(work.session, session_hash, tokens=sealed, access_ends_at=ends_at)
    return await sessions.by_hash(work.session, session_hash)
