"""An administrator corrects how a person is described and whose work is theirs."""

from dataclasses import dataclass

from identity.app.record import record
from identity.domain.person import Person, Profile, with_profile
from identity.storage import people
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProfile:
    """The whole profile from now on."""

    person_id: str
    profile: Profile


async def change_profile(work: Work, command: ChangeProfile) -> Person:
    """Replaces the profile. Raises AccountDisabled, NotFound, VersionMismatch."""
    person = await people.to_change(work.session, command.person_id, expected_version=work.seen_version)
    return await record(work, with_profile(person, command.profile))
