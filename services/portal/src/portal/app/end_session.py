"""Somebody signs out."""

from portal.clients.session_seal import SessionSeal
from portal.domain.browser_session import Tokens
from portal.storage import sessions
from shared.db.work import Work


async def end_session(work: Work, session_hash: str, *, seal: SessionSeal) -> Tokens | None:
    """Ends the session of this cookie; the tokens that it had, None when there was none."""
    found = await sessions.by_hash(work.session, session_hash, lock=True)
    if found is None:
        return None
    await sessions.end(work.session, session_hash)
    return seal.open_tokens(found.tokens, place=session_hash)
