"""Whoever holds the code that was printed becomes the first administrator."""

from dataclasses import dataclass

from identity.app.record import record
from identity.clients.one_time_codes import new_secret
from identity.clients.sealing import Sealer
from identity.domain.agency_settings import changed_event
from identity.domain.bootstrap import require_open
from identity.domain.errors import EmailTaken
from identity.domain.factors import proposed, with_password
from identity.domain.invitation import Accepted
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.storage import agency, bootstrap_codes, people
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeFirstAdministrator:
    """The digest of the code, who it is, and the hash of a password that was found fit."""

    digest: str
    email: str
    name: str
    password_hash: str


async def make_first_administrator(work: Work, command: MakeFirstAdministrator, *, sealer: Sealer) -> Accepted:
    """The account, with a second factor proposed, which the first sign-in confirms. The code is used up, and the
    agency's settings begin as the defaults, which everybody hears.

    Raises AdministratorExists, BootstrapCodeWrong, EmailTaken, and VaultUnavailable when nothing can be sealed.
    """
    await _use_code(work, command.digest)
    await people.hold_email(work.session, command.email)
    if await people.find_by_email(work.session, command.email) is not None:
        raise EmailTaken
    person = Person(
        person_id=work.new_id("per"),
        email=command.email,
        profile=Profile(name=command.name),
        roles=(Role.ADMINISTRATOR,),
    )
    saved, secret = await record(work, person), new_secret()
    factors = await people.factors_of(work.session, saved.person_id)
    factors = with_password(factors, command.password_hash, now=await real_now(work.session))
    sealed = await sealer.seal(secret, place=people.totp_place(saved.person_id))
    await people.save_factors(work.session, proposed(factors, sealed))
    work.audit("bootstrap.use", object_id=saved.person_id)
    await _begin_settings(work)
    return Accepted(person=saved, totp_secret=secret)


async def _use_code(work: Work, digest: str) -> None:
    await bootstrap_codes.hold(work.session)
    administrators = await people.administrators(work.session)
    code = await bootstrap_codes.to_read(work.session)
    require_open(code, digest, administrators=administrators, now=await real_now(work.session))
    await bootstrap_codes.forget(work.session)


async def _begin_settings(work: Work) -> None:
    settings = await agency.to_read(work.session)
    if settings.version == 0:
        saved = await agency.save(work.session, settings)
        work.publish(changed_event(saved), version=saved.version)
