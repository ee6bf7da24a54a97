"""An exclusion case: a row that may be about a person, until people have found out whether it is.

One specialist decides, with the printed check by Social Security number at the source. That it is not the person takes
a second one to approve; that it is, does not. A released pair is remembered until either side changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from credentialing.domain.screening.errors import (
    ApprovalNeedsAnother,
    CaseDecided,
    CaseNotDecided,
    EvidenceMissing,
)
from credentialing.domain.screening.matching import Verdict, gravest
from credentialing.domain.screening.record import Hit
from credentialing.domain.source_result import Outcome


class CaseState(StrEnum):
    """How far it is."""

    OPEN = "open"
    AWAITS_APPROVAL = "awaits_approval"
    RELEASED = "released"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    """The row left the list, or the row or the person changed: the pair is no longer what was asked about."""


class Found(StrEnum):
    """What the check at the source showed."""

    NOT_THE_PERSON = "not_the_person"
    IS_THE_PERSON = "is_the_person"


STANDING = frozenset((CaseState.OPEN, CaseState.AWAITS_APPROVAL, CaseState.CONFIRMED))
"""States in which a case keeps somebody from being cleared."""
_OUTCOMES = {
    Verdict.CLEAR: Outcome.CONFIRMED,
    Verdict.REVIEW: Outcome.UNCLEAR,
    Verdict.BLOCK: Outcome.REFUTED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFinding:
    """What one specialist found, why, and by which printed check."""

    found: Found
    reason: str
    document_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """The second person."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionCase:
    """A person and a row, both by fingerprint; `line` is the row's in `release_id`, the newest that has it.

    It belongs to the assignment by which its work item is found. `work_item_version` counts what was said of the item.
    """

    case_id: str
    clinician_id: str
    list_name: str
    release_id: str
    person_fingerprint: str
    hit: Hit
    assignment_id: str
    facility_id: str
    opened_at: datetime
    work_item_id: str
    work_item_version: int = 0
    state: CaseState = CaseState.OPEN
    finding: CaseFinding | None = None
    approval: Approval | None = None
    version: int = 0

    @property
    def is_standing(self) -> bool:
        """Whether it keeps the person from being cleared."""
        return self.state in STANDING

    @property
    def needs_people(self) -> bool:
        """Whether somebody has to act on it."""
        return self.state in (CaseState.OPEN, CaseState.AWAITS_APPROVAL)

    @property
    def pair(self) -> tuple[str, str]:
        """Person and row."""
        return self.person_fingerprint, self.hit.fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciled:
    """What a new screening does to the cases of one person and list.

    `opened` need a case. `kept` are about pairs that are still there; `withdrawn` about such as are not any more.
    """

    opened: tuple[Hit, ...]
    kept: tuple[tuple[ExclusionCase, Hit], ...]
    withdrawn: tuple[ExclusionCase, ...]


def decide(case: ExclusionCase, finding: CaseFinding) -> ExclusionCase:
    """The case after a specialist's finding; one that excludes stands at once, the other waits for a second person.

    A finding may be replaced, also one that was wrong. Raises CaseDecided when the pair was released or is no more, and
    EvidenceMissing.
    """
    if not case.is_standing:
        raise CaseDecided(case_id=case.case_id)
    if not finding.document_id.strip():
        raise EvidenceMissing
    if finding.found is Found.IS_THE_PERSON:
        hit = replace(case.hit, verdict=Verdict.BLOCK)
        return replace(case, state=CaseState.CONFIRMED, finding=finding, approval=None, hit=hit)
    return replace(case, state=CaseState.AWAITS_APPROVAL, finding=finding, approval=None)


def approve(case: ExclusionCase, *, by: str, at: datetime) -> ExclusionCase:
    """The case after the second person agreed that it is not the person.

    Raises CaseNotDecided, CaseDecided, and ApprovalNeedsAnother for whoever found it.
    """
    if case.state in (CaseState.RELEASED, CaseState.WITHDRAWN):
        raise CaseDecided(case_id=case.case_id)
    if case.state is not CaseState.AWAITS_APPROVAL or case.finding is None:
        raise CaseNotDecided(case_id=case.case_id)
    if case.finding.by == by:
        raise ApprovalNeedsAnother
    return replace(case, state=CaseState.RELEASED, approval=Approval(by=by, at=at))


def reconcile(hits: Sequence[Hit], known: Sequence[ExclusionCase], *, person_fingerprint: str) -> Reconciled:
    """Which cases a screening opens, keeps and withdraws; `known` are all of the person and the list."""
    wanted = {hit.fingerprint: hit for hit in hits if hit.verdict is not Verdict.CLEAR}
    alive = [case for case in known if case.state is not CaseState.WITHDRAWN]
    here = [case for case in alive if case.pair[0] == person_fingerprint and case.pair[1] in wanted]
    answered = {case.hit.fingerprint for case in here}
    return Reconciled(
        opened=tuple(hit for fingerprint, hit in wanted.items() if fingerprint not in answered),
        kept=tuple((case, wanted[case.hit.fingerprint]) for case in here),
        withdrawn=tuple(case for case in alive if case.is_standing and case not in here),
    )


def outcome_of(cases: Sequence[ExclusionCase]) -> Outcome:
    """What the list says of the person, given all cases: nothing against them, not yet known, or excluded."""
    return _OUTCOMES[gravest(case.hit.verdict for case in cases if case.is_standing)]
