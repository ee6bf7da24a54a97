"""A client renews its tokens (RFC 6749, 6), and gets another refresh token each time (RFC 9700, 4.14)."""

from dataclasses import replace
from datetime import timedelta

from identity.domain.access import access_of
from identity.domain.id_token import id_claims
from identity.domain.oauth import INVALID_GRANT, Denied, Granted, TokenRequest
from identity.domain.session import LONGEST, opens_for, renewed
from identity.storage import grants, people, sessions
from identity.storage.real_time import real_now
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work


async def refresh_tokens(work: Work, asked: TokenRequest) -> Granted | Denied:
    """Tokens as the person may have them now. A refresh token that comes twice ends the session.

    `idle_seconds` is a field of our own: a client says by it how long ago its person last did something.
    """
    now = await real_now(work.session)
    used = await sessions.use_refresh(work.session, secret_hash(asked.field("refresh_token")), now=now)
    if used is None or used.client_id != asked.client_id:
        return INVALID_GRANT
    if used.used_at is not None:
        await sessions.end(work.session, used.session_id, now=now)
        return INVALID_GRANT
    found = await sessions.by_id(work.session, used.session_id)
    session = renewed(found, now=now, idle=_idle(asked)) if found else None
    person = await people.to_read(work.session, session.person_id) if session else None
    if session is None or person is None or now >= used.expires_at or not opens_for(session, person, now=now):
        return INVALID_GRANT
    await sessions.touch(work.session, session.session_id, now=session.used_at)
    lent = await grants.grants_for(work, person.person_id)
    refresh = new_secret_text()
    await sessions.give_refresh(work.session, replace(used, used_at=None), token_hash=secret_hash(refresh))
    return Granted(
        access=access_of(person, session, client_id=used.client_id, scope=used.scope, grants=lent),
        refresh_token=refresh,
        id_claims=id_claims(person, session, client_id=used.client_id, scope=used.scope, nonce=None),
    )


def _idle(asked: TokenRequest) -> timedelta | None:
    """What the client says; whatever is no number of seconds, or more than any sign-in lasts, is as long as one."""
    said = asked.field("idle_seconds")
    if not said:
        return None
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(int(LONGEST.total_seconds())))
    return timedelta(seconds=int(said)) if is_number else LONGEST
