"""An administrator opens an account."""

from dataclasses import dataclass

from identity.app.record import record
from identity.domain.errors import EmailTaken
from identity.domain.invitation import VALID_FOR, Invited
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.storage import invitations, people
from identity.storage.real_time import real_now
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitePerson:
    """Who is to come in, as what, and the hash of the code that they will be given."""

    email: str
    profile: Profile
    roles: tuple[Role, ...]
    code_hash: str


async def invite_person(work: Work, command: InvitePerson) -> Invited:
    """Makes the account; by the code its person sets a password within three days. Raises EmailTaken."""
    await people.hold_email(work.session, command.email)
    if await people.find_by_email(work.session, command.email):
        raise EmailTaken
    person = Person(
        person_id=work.new_id("per"),
        email=command.email,
        profile=command.profile,
        roles=tuple(sorted(set(command.roles))),
    )
    expires_at = await real_now(work.session) + VALID_FOR
    saved = await record(work, person)
    await invitations.replace_invitation(
        work.session, saved.person_id, code_hash=command.code_hash, expires_at=expires_at
    )
    return Invited(person=saved, expires_at=expires_at)
