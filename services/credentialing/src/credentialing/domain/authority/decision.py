"""What is said about authority to practise: a decision, what it rests on, and why not.

The codes are stable: screens, events and test vectors use them as they stand here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from credentialing.domain.authority.licence import Licence


class Decision(StrEnum):
    """Whether somebody may practise in a state on a day; `review` asks a person, and clears nobody."""

    AUTHORIZED = "authorized"
    REVIEW = "review"
    NOT_AUTHORIZED = "not_authorized"


BEST_FIRST = tuple(Decision)


class Basis(StrEnum):
    """What authority rests on."""

    SINGLE_STATE = "single_state_license"
    """A licence of the state itself, good there only."""
    HOME_STATE = "home_state_license"
    """A multistate licence, used in the state that issued it."""
    MULTISTATE = "multistate_privilege"
    """The privilege that a multistate licence gives in the other party states."""
    PRIVILEGE = "compact_privilege"
    """A privilege bought for the one state."""
    AUTOMATIC = "automatic_privilege"
    """A privilege that a home licence gives in every member state (EMS)."""


class Cause(StrEnum):
    """Why not, or why a person must look; from what is farthest from authority to what is nearest."""

    NO_LICENSE = "no_license"
    LICENSE_TYPE_MISMATCH = "license_type_mismatch"
    ROLE_NOT_COVERED = "role_not_covered"
    STATE_LICENSE_REQUIRED = "state_license_required"
    COMPACT_UNKNOWN = "compact_unknown"
    COMPACT_NOT_IN_FORCE = "compact_not_in_force"
    COMPACT_NOT_ISSUING = "compact_not_issuing"
    WORK_STATE_NOT_MEMBER = "work_state_not_member"
    WORK_STATE_NOT_IMPLEMENTED = "work_state_not_implemented"
    HOME_STATE_NOT_MEMBER = "home_state_not_member"
    HOME_STATE_NOT_IMPLEMENTED = "home_state_not_implemented"
    HOME_STATE_NOT_ISSUING = "home_state_not_issuing"
    LICENSE_SINGLE_STATE = "license_single_state"
    LICENSE_DEACTIVATED = "license_deactivated"
    LICENSE_NOT_ACTIVE = "license_not_active"
    LICENSE_INACTIVE = "license_inactive"
    LICENSE_REVOKED = "license_revoked"
    LICENSE_SURRENDERED = "license_surrendered"
    LICENSE_SUSPENDED = "license_suspended"
    LICENSE_PENDING = "license_pending"
    LICENSE_EXPIRED = "license_expired"
    LICENSE_ENCUMBERED = "license_encumbered"
    PRIVILEGE_ACTION = "privilege_action"
    PRIVILEGE_NOT_HELD = "privilege_not_held"
    PRIVILEGE_NOT_ACTIVE = "privilege_not_active"
    PRIVILEGE_EXPIRED = "privilege_expired"
    HOME_LICENSE_NOT_ACTIVE = "home_license_not_active"
    HOME_LICENSE_ENCUMBERED = "home_license_encumbered"
    DISCIPLINE_WITHIN_TWO_YEARS = "discipline_within_2_years"
    AGENCY_AFFILIATION_REQUIRED = "agency_affiliation_required"
    MEDICAL_DIRECTOR_REQUIRED = "medical_director_required"
    MEMBERSHIP_UNKNOWN = "membership_unknown"
    MEMBERSHIP_DATE_UNKNOWN = "membership_date_unknown"
    PSOR_UNKNOWN = "psor_unknown"
    PSOR_CHANGE_DATE_UNKNOWN = "psor_change_date_unknown"
    PSOR_EVIDENCE_CONFLICT = "psor_evidence_conflict"
    PSOR_CHANGE_OVERDUE = "psor_change_overdue"
    PSOR_CHANGE_APPLY_BY = "psor_change_apply_by"


_NEARNESS = {cause: place for place, cause in enumerate(Cause)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A cause and, where the code alone does not say it, the state or day it is about."""

    cause: Cause
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.cause}:{self.detail}" if self.detail else str(self.cause)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The decision for one day; `apply_by` is the last day to apply in a new home state, where one is due."""

    decision: Decision
    basis: Basis | None = None
    licence: Licence | None = None
    reasons: tuple[Reason, ...] = ()
    apply_by: date | None = None

    @property
    def is_authorized(self) -> bool:
        """Whether the day may be worked."""
        return self.decision is Decision.AUTHORIZED


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """The decision for the first day of a range, and when it changes inside the range.

    `reasons` are those of the first day, `ends_because` those of the first day after `authorized_until` (the last
    day of the first stretch that may be worked, None when that lasts to the end). `first_authorized_on` is given
    only when the first day may not be worked and a later one may.
    """

    decision: Decision
    basis: Basis | None = None
    basis_licence: Licence | None = None
    reasons: tuple[Reason, ...] = ()
    first_authorized_on: date | None = None
    authorized_until: date | None = None
    apply_by: date | None = None
    ends_because: tuple[Reason, ...] = ()


def authorized(basis: Basis, licence: Licence, *, apply_by: date | None = None) -> Verdict:
    """The day may be worked on this licence, with the reminder to apply in the new home state where one is due."""
    reasons = (Reason(cause=Cause.PSOR_CHANGE_APPLY_BY, detail=apply_by.isoformat()),) if apply_by else ()
    return Verdict(decision=Decision.AUTHORIZED, basis=basis, licence=licence, reasons=reasons, apply_by=apply_by)


def not_authorized(*causes: Cause) -> Verdict:
    """The day may not be worked."""
    return Verdict(decision=Decision.NOT_AUTHORIZED, reasons=tuple(Reason(cause=cause) for cause in causes))


def review(*reasons: Reason, apply_by: date | None = None) -> Verdict:
    """A person must decide about the day."""
    return Verdict(decision=Decision.REVIEW, reasons=reasons, apply_by=apply_by)


def best_of(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The verdict that decides among those of several licences: one good basis is enough.

    Of equal decisions: no application due before one due, a licence of the state before a privilege, then the
    licence that lasts longest. Where none is good, the reasons of what comes nearest to authority.
    """
    return min(verdicts, key=_preference, default=None)


def _preference(verdict: Verdict) -> tuple[int, int, bool, bool, int]:
    nearest = max((_NEARNESS[reason.cause] for reason in verdict.reasons), default=0)
    licence = verdict.licence
    lasts = (licence.expires or date.max).toordinal() if licence else 0
    return (
        BEST_FIRST.index(verdict.decision),
        0 if verdict.is_authorized else -nearest,
        verdict.apply_by is not None,
        verdict.basis not in (Basis.SINGLE_STATE, Basis.HOME_STATE),
        -lasts,
    )
