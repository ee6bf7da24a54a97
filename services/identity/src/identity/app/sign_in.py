"""The first proof was right: a session begins."""

from dataclasses import dataclass

from identity.domain.sign_in import NotSignedIn, Reason, Refusal, SignedIn, begun, told
from identity.storage import attempts, people, sessions
from identity.storage.real_time import real_now
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Who proved themselves, and how (words of RFC 8176). `counters` were counted in advance and are forgiven.

    `replaced` is the hash of the cookie of the session that this one takes the place of.
    """

    person_id: str
    methods: tuple[str, ...]
    counters: tuple[str, ...] = ()
    replaced: str | None = None
    device_hash: str | None = None


async def sign_in(work: Work, command: SignIn) -> SignedIn | NotSignedIn:
    """Begins a session, complete or waiting for the second factor. A closed account is answered like a wrong password.

    Its counters stay as they are: only an open account forgives.
    """
    now = await real_now(work.session)
    person = await people.to_read(work.session, command.person_id)
    if not person.is_active:
        work.audit("sign_in.refuse", object_id=person.person_id, reason=Refusal.ACCOUNT_DISABLED)
        return NotSignedIn(reason=Reason.WRONG)
    await attempts.forgive(work.session, command.counters[:1])  # the account's, or the device's
    for counter in command.counters[1:]:
        await attempts.take_back(work.session, counter)
    factors = await people.factors_to_read(work.session, person.person_id)
    session = begun(
        person,
        factors,
        session_id=work.new_id("ses"),
        methods=command.methods,
        now=now,
    )
    if session.is_complete and command.replaced:
        await _end(work, command.replaced)
    if session.is_complete and command.device_hash:
        await attempts.remember_device(work.session, command.device_hash, person_id=person.person_id, now=now)
    token = new_secret_text()
    await sessions.start(work.session, session, token_hash=secret_hash(token))
    if session.is_complete:
        work.audit("sign_in.accept", object_id=person.person_id, details=told(session))
    return SignedIn(session=session, token=token)


async def _end(work: Work, token_hash: str) -> None:
    before = await sessions.by_token(work.session, token_hash)
    if before:
        await sessions.end(work.session, before.session_id, now=await real_now(work.session))
