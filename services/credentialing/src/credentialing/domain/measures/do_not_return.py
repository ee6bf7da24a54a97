"""A customer asks that somebody does not come back (the measures HCSS-4 and HCSS-5 count it)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Extent(StrEnum):
    """Where the person is not to work again."""

    UNIT = "unit"
    FACILITY = "facility"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotReturn:
    """The customer's wish about one assignment: how far it goes, why, since when, and who recorded it."""

    do_not_return_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    extent: Extent
    reason: str
    asked_on: date
    recorded_by: str
    version: int = 0
