"""How old a verification may be when a file is processed, by the programme and the day of processing.

"Processed" is the day of the committee's or medical director's decision (accreditation), or of the report to the
client (certification of a verification organisation). An agency is bound by contract or delegation alone.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

FIRST = date(2000, 1, 1)
CHANGED_ON = date(2025, 7, 1)
SOURCE = "NCQA credentialing standards 2025; NCQA FAQ of 15 January 2025 on 'processed'"


class Programme(StrEnum):
    """Which of the two programmes reads the file."""

    ACCREDITATION = "accreditation"
    CERTIFICATION = "certification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """From `effective_from` on, files processed under the programme need verifications of at most so many days."""

    programme: Programme
    limit_days: int
    effective_from: date
    source: str = SOURCE


LIMITS = (
    Limit(programme=Programme.ACCREDITATION, limit_days=180, effective_from=FIRST),
    Limit(programme=Programme.ACCREDITATION, limit_days=120, effective_from=CHANGED_ON),
    Limit(programme=Programme.CERTIFICATION, limit_days=120, effective_from=FIRST),
    Limit(programme=Programme.CERTIFICATION, limit_days=90, effective_from=CHANGED_ON),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The limit that held on the day of processing, and the age of the verification on it, both in days."""

    limit_days: int
    age_days: int

    @property
    def is_within(self) -> bool:
        """Whether it was fresh enough; one made after the processing proves nothing."""
        return 0 <= self.age_days <= self.limit_days


def window(programme: Programme, *, verified_on: date, processed_on: date) -> Window:
    """How old the verification was when the file was processed, beside the limit of that day."""
    in_force = [one for one in LIMITS if one.programme is programme and one.effective_from <= processed_on]
    newest = max(in_force, key=lambda one: one.effective_from)
    return Window(limit_days=newest.limit_days, age_days=(processed_on - verified_on).days)
