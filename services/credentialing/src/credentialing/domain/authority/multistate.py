"""Whether a multistate nurse licence still is one, given where its holder lives (NLC article IV; rule 402).

Only the primary state of residence issues one. Moving to another party state, the nurse applies there within 60 days
and uses the old licence until the new one is issued, which ends the old one. Moving to a state that does not issue
turns the licence into a single-state licence of the former home.

The rule knows no grace beside it. That the deadline went by without an application is therefore a case for a person:
the old licence has not ended, and its holder is in breach.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from credentialing.domain.authority.asked import Asked
from credentialing.domain.authority.decision import Cause, Reason
from credentialing.domain.authority.licence import Licence, LicenceScope, LicenceStatus, kind_of
from credentialing.domain.authority.membership import NurseCompact, Standing
from credentialing.domain.authority.residence import Residence, residence_on, since_leaving

DAYS_TO_APPLY = 60
COMPACT_BEGAN = date(2018, 1, 19)


class Hold(StrEnum):
    """What became of a multistate licence."""

    KEPT = "kept"
    IN_TRANSITION = "in_transition"
    """Its holder moved to another party state; usable until that state issues."""
    CONVERTED = "converted"
    """Good in the former home only."""
    SUPERSEDED = "superseded"
    """The new home issued a licence: this one has ended."""
    DOUBTFUL = "doubtful"
    """A person must look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What became of it; why a person must look, and until when its holder must apply in the new home."""

    hold: Hold
    reason: Reason | None = None
    apply_by: date | None = None


def held_on(licence: Licence, day: date, *, asked: Asked, compact: NurseCompact) -> Held:
    """What became of a multistate licence by that day."""
    moves = since_leaving(asked.residences, licence.state, on=day)
    if any(not _is_party_home(move, compact) for move in moves):
        return Held(hold=Hold.CONVERTED)
    home = residence_on(asked.residences, day)
    if home is None:
        return Held(hold=Hold.DOUBTFUL, reason=Reason(cause=Cause.PSOR_UNKNOWN))
    if contrary := next((state for state in home.proofs if state != home.state), None):
        return Held(hold=Hold.DOUBTFUL, reason=Reason(cause=Cause.PSOR_EVIDENCE_CONFLICT, detail=contrary))
    if home.state == licence.state:
        return Held(hold=Hold.KEPT)
    if any(_supersedes(other, licence, home=home, day=day) for other in asked.licences):
        return Held(hold=Hold.SUPERSEDED)
    return _in_transition(licence, home, day=day, asked=asked)


def deadlines(residence: Residence) -> Iterator[date]:
    """The first day after the last day to apply."""
    if residence.first is not None:
        yield residence.first + timedelta(days=DAYS_TO_APPLY + 1)


def _is_party_home(home: Residence, compact: NurseCompact) -> bool:
    """Judged on the day of moving in: what was converted then does not revive when the state joins later."""
    return compact.issues(home.state, max(home.begins, COMPACT_BEGAN)) is Standing.PARTY


def _supersedes(other: Licence, licence: Licence, *, home: Residence, day: date) -> bool:
    """A licence of the new home: a multistate one, or any issued after the move."""
    is_new = other.scope is LicenceScope.MULTISTATE or _issued_since(other, home)
    return (
        _is_of_new_home(other, licence, home)
        and is_new
        and other.status_on(day) not in (LicenceStatus.PENDING, LicenceStatus.UNKNOWN)
    )


def _in_transition(licence: Licence, home: Residence, *, day: date, asked: Asked) -> Held:
    """Day 60 is the last day to apply; from day 61 on an application must be known."""
    if home.applied_on is None and _has_applied(licence, home, asked):
        return Held(hold=Hold.IN_TRANSITION)
    if home.first is None:
        return Held(hold=Hold.DOUBTFUL, reason=Reason(cause=Cause.PSOR_CHANGE_DATE_UNKNOWN))
    deadline = home.first + timedelta(days=DAYS_TO_APPLY)
    if home.applied_on is not None and home.applied_on <= deadline:
        return Held(hold=Hold.IN_TRANSITION)
    if home.applied_on is None and deadline >= day:
        return Held(hold=Hold.IN_TRANSITION, apply_by=deadline)
    overdue = Reason(cause=Cause.PSOR_CHANGE_OVERDUE, detail=deadline.isoformat())
    return Held(hold=Hold.DOUBTFUL, reason=overdue, apply_by=deadline)


def _has_applied(licence: Licence, home: Residence, asked: Asked) -> bool:
    """A licence of the new home that is pending, or is issued on a later day, was applied for."""
    return any(
        _is_of_new_home(other, licence, home) and (other.status is LicenceStatus.PENDING or _issued_since(other, home))
        for other in asked.licences
    )


def _is_of_new_home(other: Licence, licence: Licence, home: Residence) -> bool:
    return other.state == home.state and kind_of(other.type) == kind_of(licence.type)


def _issued_since(other: Licence, home: Residence) -> bool:
    return other.issued is not None and home.first is not None and other.issued >= home.first
