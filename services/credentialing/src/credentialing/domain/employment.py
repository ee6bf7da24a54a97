"""The deadlines of Form I-9 and E-Verify: they block shifts when they pass, and nothing before.

Source: 8 CFR 274a.2(b)(1)(ii) and (iii): section 1 by the first day of work for pay, section 2 within three business
days of it, both by the first day for a hire of less than three days; E-Verify: within three business days of it.
"""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.business_days import business_days_after

DAYS_ALLOWED = 3
FORM_I9 = "EMP-I9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The last day for each part, inclusive."""

    section1: date
    section2: date
    e_verify: date


def deadlines(first_day: date, *, expected_days: int | None = None) -> Deadlines:
    """For work that begins on `first_day` and is expected to last so many days (None: three or more)."""
    later = business_days_after(first_day, DAYS_ALLOWED)
    is_short = expected_days is not None and expected_days < DAYS_ALLOWED
    return Deadlines(section1=first_day, section2=first_day if is_short else later, e_verify=later)
