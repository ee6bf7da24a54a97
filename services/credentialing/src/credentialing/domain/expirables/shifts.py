"""Which shift of an assignment is the first that a lapse would touch."""

from datetime import date, timedelta

from shared.contracts.terms import Terms, Weekday

ONE_DAY = timedelta(days=1)
WEEKDAYS = tuple(Weekday)


def first_at_risk(terms: Terms, expires_on: date) -> date | None:
    """The day on which the first shift begins that reaches past the last valid day; None when none does.

    A shift over midnight touches two days and needs both. Where no weekdays were agreed, every day may have a shift.
    """
    pattern = terms.shift_pattern
    is_over_midnight = pattern.ends_at <= pattern.starts_at
    day = max(terms.start_date, expires_on if is_over_midnight else expires_on + ONE_DAY)
    while day <= terms.end_date:
        if not pattern.weekdays or WEEKDAYS[day.weekday()] in pattern.weekdays:
            return day
        day += ONE_DAY
    return None
