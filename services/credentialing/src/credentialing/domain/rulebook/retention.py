"""How long private values are kept after somebody's work has ended: what the law asks at least, dated."""

from dataclasses import dataclass
from datetime import date

HELD_FROM = date(1988, 1, 1)
"""All of these are older; the table is complete for work that ended on this day or later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """A law: these kinds are kept so many years after the first day of work, and after its last; the later day counts.

    `is_from_tax_due`: the years after the end run from 31 January of the next year, when the tax of the year is due.
    """

    kinds: frozenset[str]
    source: str
    years_after_end: int
    years_after_start: int = 0
    is_from_tax_due: bool = False
    effective_from: date = HELD_FROM


RETENTION = (
    Retention(
        kinds=frozenset({"ssn", "birth_date"}),
        source="8 CFR 274a.2(b)(2)(i)(A): Form I-9, three years after the hire or one year after the end",
        years_after_end=1,
        years_after_start=3,
    ),
    Retention(
        kinds=frozenset({"medical_note"}),
        source="29 CFR 1910.1020(d)(1)(i): employee medical records, employment and thirty years",
        years_after_end=30,
    ),
)
