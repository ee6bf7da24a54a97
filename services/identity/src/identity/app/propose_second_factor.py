"""Somebody whose roles ask for a second factor has none yet: they are shown the secret for their app."""

from dataclasses import dataclass

from identity.clients.one_time_codes import new_secret
from identity.clients.sealing import Sealer
from identity.domain.factors import proposed
from identity.domain.session import is_live
from identity.storage import people, sessions
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """The secret that the app is to hold, and whose it is."""

    secret: str
    email: str


async def propose_second_factor(work: Work, token_hash: str, *, sealer: Sealer) -> Proposal | None:
    """The secret of whoever gave the first proof, the same until it is confirmed; None when they have an app already,
    or there is no such sign-in under way. Raises VaultUnavailable.
    """
    pending = await sessions.by_token(work.session, token_hash)
    if pending is None or pending.is_complete or not is_live(pending, now=await real_now(work.session)):
        return None
    person = await people.to_read(work.session, pending.person_id)
    factors = await people.factors_of(work.session, person.person_id)
    if factors.has_second_factor:
        return None
    place = people.totp_place(person.person_id)
    if factors.totp_sealed:
        return Proposal(secret=await sealer.open(factors.totp_sealed, place=place), email=person.email)
    secret = new_secret()
    await people.save_factors(work.session, proposed(factors, await sealer.seal(secret, place=place)))
    return Proposal(secret=secret, email=person.email)
