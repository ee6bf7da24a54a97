"""An invited person sets their password."""

from dataclasses import dataclass

from identity.clients.one_time_codes import new_secret
from identity.clients.sealing import Sealer
from identity.domain.errors import InvitationNotValid
from identity.domain.factors import proposed, with_password
from identity.domain.invitation import Accepted
from identity.storage import invitations, people, sessions
from identity.storage.real_time import real_now
from shared.access.secret_texts import secret_hash
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """The code of the invitation, and the hash of a password that was found fit."""

    code: str
    password_hash: str


async def accept_invitation(work: Work, command: AcceptInvitation, *, sealer: Sealer) -> Accepted:
    """Uses the code up and sets the password; every earlier sign-in ends. A role that needs a second factor gets one
    proposed, which the first sign-in confirms.

    Raises InvitationNotValid, and VaultUnavailable when a second factor cannot be sealed.
    """
    now = await real_now(work.session)
    person_id = await invitations.use(work.session, secret_hash(command.code), now=now)
    if person_id is None:
        raise InvitationNotValid
    person = await people.to_change(work.session, person_id)
    if not person.is_active:
        raise InvitationNotValid
    await sessions.end_all_of(work.session, person_id, now=now)
    factors = with_password(await people.factors_of(work.session, person_id), command.password_hash, now=now)
    secret = None
    if person.needs_second_factor and not factors.has_second_factor:
        secret = new_secret()
        factors = proposed(factors, await sealer.seal(secret, place=people.totp_place(person_id)))
    await people.save_factors(work.session, factors)
    return Accepted(person=person, totp_secret=secret)
