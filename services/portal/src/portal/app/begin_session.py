"""Somebody comes in: signed in at identity, or by a link."""

from dataclasses import dataclass

from portal.clients.session_seal import SessionSeal
from portal.domain.browser_session import LONGEST, BrowserSession, Kind, Tokens
from portal.storage import sessions
from shared.db.real_time import real_now_at_last
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginSession:
    """Who, by which tokens; `replaced` is the session that this browser had before, whose end this is."""

    session_hash: str
    subject: str
    kind: Kind
    tokens: Tokens
    replaced: str | None = None


async def begin_session(work: Work, command: BeginSession, *, seal: SessionSeal) -> BrowserSession:
    """The new session, always under a secret of its own (ASVS 5.0, 7.2.4). Raises Unavailable without a key."""
    now = await real_now_at_last(work.session)
    if command.replaced is not None:
        await sessions.end(work.session, command.replaced)
    begun = BrowserSession(
        session_hash=command.session_hash,
        subject=command.subject,
        kind=command.kind,
        tokens=seal.seal_tokens(command.tokens, place=command.session_hash),
        access_ends_at=now + command.tokens.lives,
        began_at=now,
        seen_at=now,
        ends_at=now + LONGEST,
    )
    await sessions.start(work.session, begun)
    return begun
