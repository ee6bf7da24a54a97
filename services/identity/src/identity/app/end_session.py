"""Somebody signs out."""

from identity.storage import sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


async def end_session(work: Work, token_hash: str, *, only: str | None = None) -> bool:
    """Ends the session of this cookie; with `only`, when it is that one. Whether it did.

    Its refresh tokens end with it; access tokens last their five minutes.
    """
    session = await sessions.by_token(work.session, token_hash)
    if session is None or only not in (None, session.session_id):
        return False
    await sessions.end(work.session, session.session_id, now=await real_now(work.session))
    return True
