"""How long documents are kept, part by part: what the law asks at least, and what agencies promise clients, dated."""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.retention import HELD_FROM


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRetention:
    """A rule: documents of these parts (`kinds`) are kept so many years after the first day of work and after the last.

    The later day counts. `rule` is the name that the record of a deletion shows.
    """

    rule: str
    kinds: frozenset[str]
    source: str
    years_after_end: int
    years_after_start: int = 0
    is_from_tax_due: bool = False
    effective_from: date = HELD_FROM


DOCUMENT_RETENTION = (
    DocumentRetention(
        rule="personnel-7-years",
        kinds=frozenset({Partition.PERSONNEL.value}),
        source="clients' contracts and the Joint Commission's staffing standard ask for the file; seven years is usual",
        years_after_end=7,
    ),
    DocumentRetention(
        rule="medical-30-years",
        kinds=frozenset({Partition.HEALTH.value}),
        source="29 CFR 1910.1020(d)(1)(i): employee medical records, employment and thirty years",
        years_after_end=30,
    ),
    DocumentRetention(
        rule="background-5-years",
        kinds=frozenset({Partition.BACKGROUND.value}),
        source="15 USC 1681p: claims about a consumer report end five years after what they are about",
        years_after_end=5,
    ),
    DocumentRetention(
        rule="i9-3-and-1-years",
        kinds=frozenset({Partition.I9.value}),
        source="8 CFR 274a.2(b)(2)(i)(A): Form I-9, three years after the hire or one year after the end",
        years_after_end=1,
        years_after_start=3,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationRetention:
    """A rule for whoever never worked here: so many years after a document came in."""

    rule: str
    source: str
    years_after_upload: int
    effective_from: date = HELD_FROM


APPLICATION_RETENTION = ApplicationRetention(
    rule="application-1-year",
    source="29 CFR 1602.14: application records, one year from their making",
    years_after_upload=1,
)
"""It holds besides the others: no document goes within a year after it came in."""
