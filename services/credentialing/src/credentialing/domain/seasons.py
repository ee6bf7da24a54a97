"""What is asked on some days of every year only, such as the influenza vaccine.

Nothing is asked before the season: an assignment may start without, and the shifts from the season's first day on wait
for it. A dose counts for a season when it was given from three months before its first day (a season's vaccine is not
there earlier, and the one before has expired by then) through its last.
"""

from dataclasses import dataclass
from datetime import date

from credentialing.domain.validity import Season, months_after
from shared.periods import Period

MONTHS_AHEAD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """One year's days of a season, both inclusive."""

    first: date
    last: date

    def admits(self, given_on: date) -> bool:
        """Whether a dose of that day counts for it."""
        return months_after(self.first, -MONTHS_AHEAD) <= given_on <= self.last


def seasons_within(season: Season, days: Period) -> tuple[Days, ...]:
    """The seasons that share a day with these days, in order; none when they fall between two."""
    years = range(days.start.year - 1, days.last.year + 1)
    return tuple(one for one in (_of_year(season, year) for year in years) if _touches(one, days))


def _of_year(season: Season, year: int) -> Days:
    turns = season.last < season.first
    last_year = year + 1 if turns else year
    return Days(first=_day(year, season.first), last=_day(last_year, season.last))


def _day(year: int, month_day: tuple[int, int]) -> date:
    """29 February is 28 February in other years."""
    month, day = month_day
    if (month, day) == (2, 29):
        return months_after(date(2000, 2, 29), (year - 2000) * 12)
    return date(year, month, day)


def _touches(one: Days, days: Period) -> bool:
    return one.first <= days.last and days.start <= one.last
