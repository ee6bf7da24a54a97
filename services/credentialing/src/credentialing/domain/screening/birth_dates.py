"""What two birth dates say about each other."""

from datetime import date
from enum import StrEnum


class BirthDates(StrEnum):
    """The value is the reason that is given."""

    EXACT = "dob_exact"
    SWAPPED = "dob_swapped"
    """One is the other with day and month exchanged."""
    MISSING = "dob_missing"
    """On either side: nothing can be said."""
    CONFLICT = "dob_conflict"


def compare_birth_dates(one: date | None, other: date | None) -> BirthDates:
    """Whether they are the same day, could be by exchanging day and month, are not, or one is not known."""
    if one is None or other is None:
        return BirthDates.MISSING
    if one == other:
        return BirthDates.EXACT
    is_swapped = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return BirthDates.SWAPPED if is_swapped else BirthDates.CONFLICT


def swapped(day: date) -> date | None:
    """The day with day and month exchanged; None where there is none such, or it is the same."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)
