"""An administrator invites a person again: the invitation ended, or the password is forgotten."""

from identity.clients.secret_texts import new_secret_text, secret_hash
from identity.domain.errors import AccountDisabled
from identity.domain.invitation import VALID_FOR, Invited
from identity.storage import invitations, people
from identity.storage.real_time import real_now
from shared.db.work import Work


async def renew_invitation(work: Work, person_id: str) -> Invited:
    """A new code, the only valid one. The present password holds until it is used. Raises NotFound, AccountDisabled."""
    person = await people.to_change(work.session, person_id, expected_version=work.seen_version)
    if not person.is_active:
        raise AccountDisabled
    code, expires_at = new_secret_text(), await real_now(work.session) + VALID_FOR
    await invitations.replace_invitation(work.session, person_id, code_hash=secret_hash(code), expires_at=expires_at)
    return Invited(person=person, code=code, expires_at=expires_at)
