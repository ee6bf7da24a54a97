"""An administrator invites a person again: the invitation ended, or the password is forgotten."""

from identity.domain.errors import AccountDisabled
from identity.domain.invitation import VALID_FOR, Invited
from identity.storage import invitations, people
from identity.storage.real_time import real_now
from shared.db.work import Work


async def renew_invitation(work: Work, person_id: str, *, code_hash: str) -> Invited:
    """This code is the only valid one from now on.

    The present password holds until it is used. Raises NotFound, AccountDisabled.
    """
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    if not person.is_active:
        raise AccountDisabled
    expires_at = await real_now(work.session) + VALID_FOR
    await invitations.replace_invitation(work.session, person_id, code_hash=code_hash, expires_at=expires_at)
    return Invited(person=person, expires_at=expires_at)
