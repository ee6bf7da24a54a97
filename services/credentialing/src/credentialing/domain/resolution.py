"""Which requirements hold for a posting: the union of every rule that asks, the stricter value winning.

Merge rules (conventions of the field's test vectors): windows and ages take the minimum, the end of the
assignment beats its start, what nobody may waive stays so, and the ids of all rules that ask are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from credentialing.domain.requirement import STRICTEST_FIRST, BoundTo, Requirement
from credentialing.domain.rulebook.requirements import ROWS
from credentialing.domain.rulebook.rows import Row, in_force
from credentialing.domain.rulebook.specialties import canonical_specialty
from credentialing.domain.validity import MustCover, stricter_validity
from shared.contracts.terms import Discipline, Terms

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where and as what somebody works; `assignment_id` is None while the assignment is only an idea."""

    discipline: Discipline
    specialty: str
    unit: str
    state: str
    facility_id: str
    assignment_id: str | None = None

    @classmethod
    def of(cls, terms: Terms, *, state: str, assignment_id: str | None) -> "Posting":
        """The posting that terms describe, at a facility in `state`."""
        return cls(
            discipline=terms.discipline,
            specialty=terms.specialty,
            unit=terms.unit,
            state=state,
            facility_id=terms.facility_id,
            assignment_id=assignment_id,
        )


def resolve(posting: Posting, on: date, *, rows: tuple[Row, ...] = ROWS) -> tuple[Requirement, ...]:
    """Every requirement of the posting under the rules of a day, one per code, in the order of the rulebook.

    Raises NoRequirementsInForce when no rule is in force on that day.
    """
    merged: dict[str, Requirement] = {}
    for row in in_force(rows, on):
        if _asks(row, posting):
            asked = replace(row.asks, scopes=(row.scope,), rules=(row.rule,), sources=(row.source,))
            known = merged.get(asked.code)
            merged[asked.code] = stricter(known, asked) if known else asked
    return tuple(replace(asked, subject=_subject(asked.bound_to, posting)) for asked in merged.values())


def stricter(one: Requirement, other: Requirement) -> Requirement:
    """Two rules that ask for the same code as one requirement; its words are those of the first."""
    return replace(
        one,
        scopes=_union(one.scopes, other.scopes),
        validity=stricter_validity(one.validity, other.validity),
        must_cover=MustCover.ASSIGNMENT_END
        if MustCover.ASSIGNMENT_END in (one.must_cover, other.must_cover)
        else MustCover.START,
        waivable=min(one.waivable, other.waivable, key=STRICTEST_FIRST.index),
        bound_to=max(one.bound_to, other.bound_to),
        obtain_days=max(one.obtain_days, other.obtain_days),
        verify_days=max(one.verify_days, other.verify_days),
        rules=_union(one.rules, other.rules),
        sources=_union(one.sources, other.sources),
    )


def _asks(row: Row, posting: Posting) -> bool:
    return (
        _admits(row.disciplines, posting.discipline)
        and _admits(row.specialties, canonical_specialty(posting.specialty))
        and _admits(row.states, posting.state)
        and _admits(row.facilities, posting.facility_id)
    )


def _admits(allowed: frozenset[T], value: T) -> bool:
    return not allowed or value in allowed


def _subject(bound_to: BoundTo, posting: Posting) -> str:
    if bound_to is BoundTo.STATE:
        return posting.state
    if bound_to is BoundTo.UNIT:
        return canonical_specialty(posting.unit)
    if bound_to is BoundTo.ASSIGNMENT:
        return f"{posting.assignment_id or 'none'}@{posting.facility_id}"
    return ""


def _union(one: Iterable[T], other: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*one, *other)))
