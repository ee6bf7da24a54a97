"""An administrator says which identity of an outside provider is this person."""

from dataclasses import dataclass

from identity.domain.errors import AccountDisabled, OutsideIdentityTaken
from identity.domain.person import Person
from identity.storage import people
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkOutside:
    """The provider's issuer and its subject: never an e-mail address, which changes hands (ASVS 5.0, 6.8.1)."""

    person_id: str
    issuer: str
    subject: str


async def link_outside(work: Work, command: LinkOutside) -> Person:
    """From now on that identity signs this person in. Raises OutsideIdentityTaken, AccountDisabled, NotFound."""
    person = await people.to_change(work.session, command.person_id, expected_version=work.seen_version)
    if not person.is_active:
        raise AccountDisabled
    await people.hold_outside(work.session, command.issuer, subject=command.subject)
    holder = await people.person_by_outside(work.session, command.issuer, subject=command.subject)
    if holder not in (None, command.person_id):
        raise OutsideIdentityTaken
    if holder is None:
        await people.link_outside(work.session, command.person_id, issuer=command.issuer, subject=command.subject)
    return person
