"""What a clinician holds, kept once per clinician and used for every assignment that it covers.

A document is not a verification: a credential comes in `pending`, and only a check with its source makes it
`verified`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentialing.domain.errors import ExpiresBeforeIssued, ExpiryMissing, IssuedInFuture
from credentialing.domain.requirement import Requirement
from credentialing.domain.validity import Life, Need, lack


class HeldStatus(StrEnum):
    """How far the check with the source is."""

    PENDING = "pending"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """What a clinician, facility or search shows: its dates, its number if any, and when it came in."""

    issued_on: date
    received_on: date
    number: str | None = None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One credential of a clinician for a requirement code.

    `subject` is the state, unit or assignment it is good for, as in `Requirement`. `source` is who
    confirmed it. `rejected_because` is a specialist's words and stays inside this service.
    """

    credential_id: str
    clinician_id: str
    code: str
    subject: str
    issued_on: date
    received_on: date
    status: HeldStatus = HeldStatus.PENDING
    number: str | None = None
    expires_on: date | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    source: str | None = None
    rejected_because: str | None = None
    version: int = 0

    @property
    def life(self) -> Life:
        """Its dates, as the rules of validity read them."""
        return Life(issued_on=self.issued_on, expires_on=self.expires_on)

    def answers(self, requirement: Requirement) -> bool:
        """Whether it is of the kind asked, for the state, unit or assignment asked."""
        return (self.code, self.subject) == (requirement.code, requirement.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Who checked a credential, with which source, on which day."""

    by: str
    source: str
    on: date


def present(requirement: Requirement, presented: Presented, *, credential_id: str, clinician_id: str) -> Held:
    """The credential as it came in, to be verified.

    Raises ExpiryMissing, IssuedInFuture and ExpiresBeforeIssued.
    """
    if requirement.validity.printed_expiry and presented.expires_on is None:
        raise ExpiryMissing(item=requirement.code)
    if presented.issued_on > presented.received_on:
        raise IssuedInFuture(item=requirement.code, today=presented.received_on)
    if presented.expires_on is not None and presented.expires_on < presented.issued_on:
        raise ExpiresBeforeIssued(item=requirement.code)
    return Held(
        credential_id=credential_id,
        clinician_id=clinician_id,
        code=requirement.code,
        subject=requirement.subject,
        issued_on=presented.issued_on,
        received_on=presented.received_on,
        number=presented.number,
        expires_on=presented.expires_on,
    )


def verified(held: Held, check: Check) -> Held:
    """The credential after its source confirmed it."""
    return replace(
        held,
        status=HeldStatus.VERIFIED,
        verified_on=check.on,
        verified_by=check.by,
        source=check.source,
        rejected_because=None,
    )


def rejected(held: Held, because: str) -> Held:
    """The credential after a specialist refused it, also one that was verified before (a board's action)."""
    return replace(held, status=HeldStatus.REJECTED, rejected_because=because)


def newest_first(held: Iterable[Held], requirement: Requirement) -> tuple[Held, ...]:
    """What answers the requirement, latest received first (ids sort by time within a day)."""
    answering = (one for one in held if one.answers(requirement))
    return tuple(sorted(answering, key=lambda one: (one.received_on, one.credential_id), reverse=True))


def covering(held: Iterable[Held], requirement: Requirement, *, need: Need) -> Held | None:
    """The newest verified credential that covers the need, if any.

    A check is a result: once a later one was rejected, an earlier good one no longer counts. A title stays
    good beside a rejected renewal.
    """
    for one in newest_first(held, requirement):
        if one.status is HeldStatus.REJECTED and requirement.validity.is_check:
            return None
        if one.status is HeldStatus.VERIFIED and not lack(
            one.life, need, validity=requirement.validity, must_cover=requirement.must_cover
        ):
            return one
    return None
