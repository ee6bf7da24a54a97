"""The ways in which exclusion lists write a day."""

import re
from datetime import date

NEVER = frozenset({"", "00000000", "INDEFINITE", "N/A", "NONE", "NULL"})
"""What stands for no day at all."""
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_AMERICAN = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")


class ImpossibleDate(ValueError):
    """A text that is no day of the calendar."""


def day_of(text: str | None) -> date | None:
    """The day: YYYYMMDD (LEIE), MM-DD-YYYY (the SAM API), MM/DD/YYYY (extracts) or ISO; None where none is meant.

    Raises ImpossibleDate for anything else.
    """
    written = (text or "").strip().upper()
    if written in NEVER:
        return None
    if found := _COMPACT.fullmatch(written) or _ISO.fullmatch(written):
        year, month, day = found.groups()
    elif found := _AMERICAN.fullmatch(written):
        month, day, year = found.groups()
    else:
        raise ImpossibleDate
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ImpossibleDate from None
