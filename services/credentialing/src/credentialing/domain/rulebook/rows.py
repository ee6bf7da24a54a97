"""What a row of the requirement list is, and which rows hold on a day."""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.errors import NoRequirementsInForce
from credentialing.domain.requirement import Requirement, Scope
from shared.contracts.terms import Discipline

FIRST_LIST = date(2024, 1, 1)
"""From when the first list is applied; the laws behind it are older."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One rule: from `effective_from` on it asks `asks` of postings that fit every set (empty fits all).

    `effective_to` is its last day, None while it holds. `source` is a statute, standard or published list.
    """

    rule: str
    scope: Scope
    asks: Requirement
    source: str
    disciplines: frozenset[Discipline] = frozenset()
    specialties: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    facilities: frozenset[str] = frozenset()
    effective_from: date = FIRST_LIST
    effective_to: date | None = None


def in_force(rows: tuple[Row, ...], on: date) -> tuple[Row, ...]:
    """The rows that hold on a day, in order. Raises NoRequirementsInForce when there is none."""
    held = tuple(
        row for row in rows if row.effective_from <= on and (row.effective_to is None or on <= row.effective_to)
    )
    if not held:
        raise NoRequirementsInForce(on=on)
    return held
