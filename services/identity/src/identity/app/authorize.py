"""A client gets a code for whoever is signed in."""

from dataclasses import dataclass

from identity.domain.authorization import AuthorizationRequest
from identity.domain.session import CODE_LIVES, is_fresh, opens_for
from identity.storage import people, sessions
from identity.storage.real_time import real_now
from identity.storage.sessions import Code
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorize:
    """The request, the hash of the session's cookie, and whether the person has signed in for this very request."""

    request: AuthorizationRequest
    token_hash: str | None
    was_asked: bool = False


async def authorize(work: Work, command: Authorize) -> str | None:
    """The code, good once within a minute; None when the person has to sign in first."""
    request = command.request
    session = await sessions.by_token(work.session, command.token_hash) if command.token_hash else None
    if session is None or (request.must_ask and not command.was_asked):
        return None
    now = await real_now(work.session)
    person = await people.to_read(work.session, session.person_id)
    is_recent = command.was_asked or is_fresh(session, now=now, max_age=request.max_age)
    if not is_recent or not opens_for(session, person, now=now):
        return None
    await sessions.touch(work.session, session.session_id, now=now)
    text = new_secret_text()
    code = Code(
        session_id=session.session_id,
        client_id=request.client_id,
        redirect_uri=request.redirect_uri,
        code_challenge=request.code_challenge,
        nonce=request.nonce,
        scope=request.scope,
        expires_at=now + CODE_LIVES,
    )
    await sessions.give_code(work.session, code, code_hash=secret_hash(text))
    return text
