"""Erasures: one person asks that somebody be forgotten, another confirms, and only then does it begin."""

from dataclasses import dataclass, replace
from datetime import datetime

from identity.domain.access_errors import ErasureConfirmed, ErasureNeedsAnother
from identity.domain.person import Person, Profile
from shared.contracts.identity import PersonErased


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """What was asked and confirmed about one subject, the id of a clinician or of a person with an account.

    `version` counts saved changes and is raised by storage alone.
    """

    erasure_id: str
    subject: str
    reason: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str | None = None
    confirmed_at: datetime | None = None
    version: int = 0

    @property
    def is_confirmed(self) -> bool:
        """Whether the subject is forgotten; there is no way back."""
        return self.confirmed_at is not None


def confirm(erasure: Erasure, *, confirmed_by: str, now: datetime) -> Erasure:
    """The erasure as it takes effect.

    Raises ErasureConfirmed when it did before, and ErasureNeedsAnother for whoever asked for it.
    """
    if erasure.is_confirmed:
        raise ErasureConfirmed
    if confirmed_by == erasure.asked_by:
        raise ErasureNeedsAnother
    return replace(erasure, confirmed_by=confirmed_by, confirmed_at=now)


def erased_event(erasure: Erasure) -> PersonErased:
    """What every service hears; the day is the one, in UTC, on which it was asked for."""
    return PersonErased(subject=erasure.subject, requested_on=erasure.asked_at.date())


def is_person(subject: str) -> bool:
    """Whether the subject is somebody with an account here; otherwise it is a clinician."""
    return subject.startswith("per_")


def blanked(person: Person) -> Person:
    """The account of which only the id is left: closed, nameless, and reachable nowhere (`.invalid`, RFC 2606)."""
    return replace(
        person,
        email=f"{person.person_id}@erased.invalid",
        profile=Profile(name="erased"),
        roles=(),
        is_active=False,
    )
