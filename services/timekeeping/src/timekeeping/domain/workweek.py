"""The facility's workweek: seven days from a fixed weekday on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from shared.contracts.terms import Weekday
from shared.periods import Period

WEEK: Final = tuple(Weekday)
"""Monday first, as date.weekday() counts."""


def weekday_of(day: date) -> Weekday:
    """Which day of the week it is."""
    return WEEK[day.weekday()]


def week_of(day: date, starts: Weekday) -> Period:
    """The whole workweek that holds this day."""
    first = day - timedelta(days=(day.weekday() - WEEK.index(starts)) % 7)
    return Period(first, first + timedelta(days=7))


def parts_of_weeks(period: Period, starts: Weekday) -> Iterator[Period]:
    """The period cut at the turns of the workweek, in order; the first and the last part may be short."""
    first = period.start
    while first < period.end:
        end = min(week_of(first, starts).end, period.end)
        yield Period(first, end)
        first = end
