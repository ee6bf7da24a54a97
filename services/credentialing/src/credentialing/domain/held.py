"""What a clinician holds, kept once per clinician and used for every assignment that it covers.

A document is not a verification: what somebody read from it is a claim, `pending`, and only what its source says makes
it `verified`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from credentialing.domain.authority.licence import Licence
from credentialing.domain.errors import ExpiresBeforeIssued, ExpiryMissing, IssuedInFuture, NotAnAlternative
from credentialing.domain.immunity import ImmunityEvidence
from credentialing.domain.requirement import Requirement
from credentialing.domain.source_result import Outcome
from credentialing.domain.validity import Life


class HeldStatus(StrEnum):
    """How far the check with the source is."""

    PENDING = "pending"
    VERIFIED = "verified"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a clinician, facility or search shows.

    `issuer`, `panel` (the analytes of a screen) and `lookback_years` (how far a search went) are as read; what is not
    stated is taken to be what the item asks. `document_id` is where they were read. `worked_through` is the last day
    of covered work, where a break ends the credential. `instead` is its own code where it does instead of the item's.
    `number` is sealed before it is kept, `end` what is shown of it, `mark` the same for the same digits.
    """

    issued_on: date
    number: str | None = None
    end: str | None = None
    mark: str | None = None
    expires_on: date | None = None
    issuer: str | None = None
    panel: tuple[str, ...] = ()
    lookback_years: int | None = None
    document_id: str | None = None
    licence: Licence | None = None
    immunity: ImmunityEvidence | None = None
    worked_through: date | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """When something came in, who recorded it, and the id under which it is kept."""

    on: date
    by: str
    credential_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One credential of a clinician for a requirement code: a claim, and what its source said last.

    `subject` is the state, unit or assignment it is good for, as in `Requirement`. `issued_on` and `expires_on` are
    the dates as read, `source_issued_on` and `source_expires_on` those that the source gave, which prevail.
    `issuer_among` are those the item accepted for which it came in, where it did not say who issued it. `licence` is
    what a licence says of its scope and status. `number` is sealed, `end` is what is shown of it, `mark` the same for
    the same digits. `source` is who confirmed it, `result_id` and `outcome` the source's last answer, `is_disciplined`
    whether that reports an action, `needs_adjudication` whether people are to decide about it. `rejected_because` is a
    specialist's or the source's words and stays inside this service.
    """

    credential_id: str
    clinician_id: str
    code: str
    subject: str
    issued_on: date
    received_on: date
    status: HeldStatus = HeldStatus.PENDING
    number: str | None = None
    end: str | None = None
    mark: str | None = None
    expires_on: date | None = None
    issuer: str | None = None
    issuer_among: tuple[str, ...] = ()
    panel: tuple[str, ...] = ()
    lookback_years: int | None = None
    document_id: str | None = None
    received_by: str | None = None
    licence: Licence | None = None
    immunity: ImmunityEvidence | None = None
    worked_through: date | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    source: str | None = None
    source_issued_on: date | None = None
    source_expires_on: date | None = None
    result_id: str | None = None
    outcome: Outcome | None = None
    is_disciplined: bool = False
    needs_adjudication: bool = False
    rejected_because: str | None = None
    version: int = 0

    @property
    def life(self) -> Life:
        """Its dates, as the rules of validity read them; the source's prevail."""
        return Life(
            issued_on=self.source_issued_on or self.issued_on,
            expires_on=self.source_expires_on or self.expires_on,
            worked_through=self.worked_through,
        )

    @property
    def is_unclear(self) -> bool:
        """Whether its source could not tell when it was asked last."""
        return self.outcome is Outcome.UNCLEAR

    def answers(self, requirement: Requirement) -> bool:
        """Whether it is of the kind asked for the state, unit or assignment asked, or of a kind that does instead.

        Of licences any may do, whichever state gave it.
        """
        if requirement.is_licence:
            return self.code == requirement.code
        if self.code in requirement.instead:
            return self.subject in ("", requirement.subject)
        return (self.code, self.subject) == (requirement.code, requirement.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Who checked a credential, with which source, on which day."""

    by: str
    source: str
    on: date


def present(requirement: Requirement, shown: Shown, *, received: Received, clinician_id: str) -> Held:
    """The credential as it came in, to be verified.

    Raises NotAnAlternative, ExpiryMissing, IssuedInFuture and ExpiresBeforeIssued.
    """
    _must_be_sound(requirement, shown, received.on)
    is_named = shown.issuer is not None or requirement.issuers is None
    return Held(
        credential_id=received.credential_id,
        clinician_id=clinician_id,
        code=shown.instead or requirement.code,
        subject=_subject(requirement, shown),
        issued_on=shown.issued_on,
        received_on=received.on,
        received_by=received.by,
        number=shown.number,
        end=shown.end,
        mark=shown.mark,
        expires_on=shown.expires_on,
        issuer=shown.issuer,
        issuer_among=() if is_named else requirement.issuers or (),
        panel=shown.panel or requirement.panel,
        lookback_years=shown.lookback_years or requirement.lookback_years,
        document_id=shown.document_id,
        licence=shown.licence,
        immunity=shown.immunity,
        worked_through=shown.worked_through,
    )


def _must_be_sound(requirement: Requirement, shown: Shown, today: date) -> None:
    if shown.instead is not None and shown.instead not in requirement.instead:
        raise NotAnAlternative(item=requirement.code, given=shown.instead)
    if requirement.validity.printed_expiry and shown.expires_on is None:
        raise ExpiryMissing(item=requirement.code)
    if shown.issued_on > today:
        raise IssuedInFuture(item=requirement.code, today=today)
    if shown.expires_on is not None and shown.expires_on < shown.issued_on:
        raise ExpiresBeforeIssued(item=requirement.code)


def _subject(requirement: Requirement, shown: Shown) -> str:
    """A licence is its own state's, wherever it is to be used."""
    return shown.licence.state if shown.licence and requirement.is_licence else requirement.subject


def verified(held: Held, check: Check) -> Held:
    """The credential after its source confirmed it."""
    return replace(
        held,
        status=HeldStatus.VERIFIED,
        verified_on=check.on,
        verified_by=check.by,
        source=check.source,
        needs_adjudication=False,
        rejected_because=None,
    )


def rejected(held: Held, because: str) -> Held:
    """The credential after a specialist refused it, also one that was verified before (a board's action)."""
    return replace(held, status=HeldStatus.REJECTED, needs_adjudication=False, rejected_because=because)


def unconfirmed_from(held: Iterable[Held], document_id: str) -> tuple[Held, ...]:
    """What was read from this document and waits to be confirmed."""
    return tuple(one for one in held if one.document_id == document_id and one.status is HeldStatus.PENDING)


def newest_first(held: Iterable[Held], requirement: Requirement) -> tuple[Held, ...]:
    """What answers the requirement, latest received first (ids sort by time within a day)."""
    codes = requirement.instead | {requirement.code}
    answering = [one for one in held if one.code in codes and one.answers(requirement)]
    return tuple(sorted(answering, key=lambda one: (one.received_on, one.credential_id), reverse=True))
