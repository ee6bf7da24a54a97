"""An administrator decides what a person may do."""

from dataclasses import dataclass

from identity.app.record import record
from identity.app.withdraw_access import withdraw_access
from identity.domain.acting import person_behind
from identity.domain.person import Person, with_roles
from identity.domain.roles import Role
from identity.storage import people
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRoles:
    """All roles from now on."""

    person_id: str
    roles: tuple[Role, ...]


async def change_roles(work: Work, command: ChangeRoles) -> Person:
    """Gives these roles and takes the others. Tokens that still name a role taken are refused; the sign-in lasts.

    Raises what `person.with_roles` raises, NotFound, VersionMismatch.
    """
    administrators = await people.administrators(work.session)
    person = await people.to_change(work.session, command.person_id, expected_version=work.seen_version)
    by = person_behind(work.principal)
    after = with_roles(person, command.roles, by=by, administrators=administrators)
    if set(person.roles) - set(after.roles):
        await withdraw_access(work, person.person_id, reason="roles_taken")
    return await record(work, after)
