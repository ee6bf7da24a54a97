"""Days on which federal offices work: Monday to Friday, without the federal holidays (5 USC 6103).

A holiday on a Saturday is kept on the Friday before, one on a Sunday on the Monday after (5 USC 6103 (b); EO 11582).
"""

from datetime import date, timedelta

SATURDAY = 5
JUNETEENTH_SINCE = 2021
MONDAY, THURSDAY = 0, 3

_FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
_NTH = ((1, MONDAY, 3), (2, MONDAY, 3), (9, MONDAY, 1), (10, MONDAY, 2), (11, THURSDAY, 4))
"""Martin Luther King's birthday, Washington's birthday, Labor, Columbus and Thanksgiving Day: month, weekday, which."""


def is_business_day(day: date) -> bool:
    """Whether federal offices work on that day."""
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year)


def business_days_after(day: date, count: int) -> date:
    """The business day that is `count` business days after a day, which itself may be any."""
    found = day
    for _ in range(count):
        found += timedelta(days=1)
        while not is_business_day(found):
            found += timedelta(days=1)
    return found


def federal_holidays(year: int) -> frozenset[date]:
    """The days of a year on which a federal holiday is kept, New Year of the next one among them when it is on one."""
    fixed = [date(year, month, day) for month, day in _FIXED if month != 6 or year >= JUNETEENTH_SINCE]
    kept = [_kept_on(day) for day in (*fixed, date(year + 1, 1, 1))]
    moving = [_nth(year, month, weekday=weekday, which=which) for month, weekday, which in _NTH]
    return frozenset(day for day in (*kept, *moving, _memorial_day(year)) if day.year == year)


def _kept_on(day: date) -> date:
    return day + timedelta(days={SATURDAY: -1, SATURDAY + 1: 1}.get(day.weekday(), 0))


def _nth(year: int, month: int, *, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))


def _memorial_day(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())
