"""A client exchanges a code for tokens (RFC 6749, 4.1.3; RFC 7636, 4.5)."""

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from identity.domain.access import access_of
from identity.domain.id_token import id_claims
from identity.domain.oauth import INVALID_GRANT, Denied, Granted, TokenRequest
from identity.domain.session import LONGEST, opens_for
from identity.storage import grants, people, sessions
from identity.storage.real_time import real_now
from identity.storage.sessions import Code, Refresh
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


async def redeem_code(work: Work, asked: TokenRequest) -> Granted | Denied:
    """Tokens for the code's session. A code that comes twice ends the session: one of the two was stolen."""
    now = await real_now(work.session)
    found = await sessions.redeem(work.session, secret_hash(asked.field("code")), now=now)
    if found is None:
        return INVALID_GRANT
    code, is_first = found
    if not is_first:
        await sessions.end(work.session, code.session_id, now=now)
        return INVALID_GRANT
    session = await sessions.by_id(work.session, code.session_id)
    if session is None or now >= code.expires_at or not _is_for(code, asked):
        return INVALID_GRANT
    person = await people.to_read(work.session, session.person_id)
    if not opens_for(session, person, now=now):
        return INVALID_GRANT
    lent = await grants.grants_for(work, person.person_id)
    refresh = new_secret_text()
    await sessions.give_refresh(
        work.session,
        Refresh(
            session_id=session.session_id,
            client_id=code.client_id,
            scope=code.scope,
            expires_at=session.authenticated_at + LONGEST,
            used_at=None,
        ),
        token_hash=secret_hash(refresh),
    )
    return Granted(
        access=access_of(person, session, client_id=code.client_id, scope=code.scope, grants=lent),
        refresh_token=refresh,
        id_claims=id_claims(person, session, client_id=code.client_id, scope=code.scope, nonce=code.nonce),
    )


def _is_for(code: Code, asked: TokenRequest) -> bool:
    """Whether it comes from the client and the return address it was sent to, by whoever holds the verifier."""
    verifier = asked.field("code_verifier")
    challenge = urlsafe_b64encode(sha256(verifier.encode(errors="replace")).digest()).decode().rstrip("=")
    return (
        asked.client_id == code.client_id
        and asked.field("redirect_uri") == code.redirect_uri
        and _VERIFIER.fullmatch(verifier) is not None
        and hmac.compare_digest(challenge, code.code_challenge)
    )
