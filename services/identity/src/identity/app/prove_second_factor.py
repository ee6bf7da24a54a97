"""Somebody who gave the first proof gives the second: a code of their app, or one of those to recover with."""

from dataclasses import dataclass

from identity.clients.one_time_codes import new_recovery_codes, recovery_hash, step_of
from identity.clients.sealing import Sealer
from identity.domain.factors import Factors, confirmed, recovered, taken
from identity.domain.session import Session, is_live
from identity.domain.sign_in import NotSignedIn, Reason, Refusal, SignedIn, completed, told
from identity.domain.throttle import counted, counter_of_codes, remaining
from identity.storage import attempts, people, sessions
from identity.storage.real_time import real_now
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveSecondFactor:
    """The code as it was typed, the cookie's hash of the sign-in under way, and what `SignIn` has too."""

    token_hash: str
    code: str
    replaced: str | None = None
    device_hash: str | None = None


async def prove_second_factor(work: Work, command: ProveSecondFactor, *, sealer: Sealer) -> SignedIn | NotSignedIn:
    """Completes the sign-in by a session of its own. A first right code sets the app up and gives recovery codes.

    Raises VaultUnavailable.
    """
    now = await real_now(work.session)
    pending = await sessions.by_token(work.session, command.token_hash)
    if pending is None or pending.is_complete or not is_live(pending, now=now):
        return NotSignedIn(reason=Reason.START_AGAIN)
    factors = await people.factors_of(work.session, pending.person_id)
    counter = counter_of_codes(pending.person_id)
    before = (await attempts.failures(work.session, [counter.name]))[counter.name]
    if wait := remaining(before, now=now):
        return NotSignedIn(reason=Reason.TOO_SOON, wait=wait)
    codes = () if factors.is_totp_confirmed else new_recovery_codes()
    after = await _after(factors, command.code.strip(), codes, sealer=sealer)
    if after is None:
        failed = counted(before, counter.allowance, now=now)
        await attempts.count(work.session, counter.name, failures=failed)
        work.audit("sign_in.refuse", object_id=pending.person_id, reason=Refusal.WRONG_CODE)
        return NotSignedIn(reason=Reason.WRONG)
    await people.save_factors(work.session, after)
    await attempts.forgive(work.session, [counter.name])
    return await _complete(work, pending, command, recovery_codes=codes)


async def _after(factors: Factors, code: str, codes: tuple[str, ...], *, sealer: Sealer) -> Factors | None:
    """The factors once the code is used; None when it is wrong, or was used before."""
    if factors.totp_sealed is None:
        return None
    secret = await sealer.open(factors.totp_sealed, place=people.totp_place(factors.person_id))
    step = step_of(secret, code)
    if not factors.is_totp_confirmed:
        return None if step is None else confirmed(factors, step, recovery_hashes=[recovery_hash(one) for one in codes])
    return recovered(factors, recovery_hash(code)) if step is None else taken(factors, step)


async def _complete(
    work: Work, pending: Session, command: ProveSecondFactor, *, recovery_codes: tuple[str, ...]
) -> SignedIn:
    now, token = await real_now(work.session), new_secret_text()
    replaced = await sessions.by_token(work.session, command.replaced) if command.replaced else None
    for over in (pending, replaced):
        if over:
            await sessions.end(work.session, over.session_id, now=now)
    if command.device_hash:
        await attempts.remember_device(work.session, command.device_hash, person_id=pending.person_id, now=now)
    session = completed(pending, session_id=work.new_id("ses"), now=now)
    await sessions.start(work.session, session, token_hash=secret_hash(token))
    work.audit("sign_in.accept", object_id=session.person_id, details=told(session))
    return SignedIn(session=session, token=token, recovery_codes=recovery_codes)
