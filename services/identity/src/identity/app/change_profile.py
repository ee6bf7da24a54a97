"""An administrator corrects how a person is described and whose work is theirs."""

from dataclasses import dataclass

from identity.app.record import record
from identity.app.withdraw_access import withdraw_access
from identity.domain.person import Person, Profile, is_narrower, with_profile
from identity.storage import people
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeProfile:
    """The whole profile from now on."""

    person_id: str
    profile: Profile


async def change_profile(work: Work, command: ChangeProfile) -> Person:
    """Replaces the profile. Tokens that still name a facility taken are refused; the sign-in lasts.

    Raises AccountDisabled, NotFound, VersionMismatch.
    """
    person = await people.to_change(work.session, command.person_id, expected_version=work.seen_version)
    after = with_profile(person, command.profile)
    if is_narrower(after.profile, person.profile):
        await withdraw_access(work, person.person_id, reason="facilities_taken")
    return await record(work, after)
