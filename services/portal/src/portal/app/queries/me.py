"""One's own account, as far as the portal knows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from portal.storage import people, sessions_of_person
from shared.contracts.identity import PersonChanged
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who somebody is, the zone they live by, and the sessions of their browsers, the one used last first."""

    person: PersonChanged | None
    zone: str
    sessions: Sequence[Any]


async def own_account(work: Work) -> Account:
    """The account of whoever asks."""
    subject = work.principal.subject
    return Account(
        person=await work.known(PersonChanged, subject),
        zone=await people.zone_of(work, subject),
        sessions=await sessions_of_person.live(work.session, subject),
    )
