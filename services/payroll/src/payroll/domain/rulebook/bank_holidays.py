"""Days on which the Federal Reserve moves no money, so that no pay can arrive.

A holiday on a Sunday is kept on Monday; one on a Saturday is not moved (3 July 2026 is a banking day).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_STATUTE = "5 U.S.C. 6103(a); Federal Reserve Bank holiday schedule"
_MON, _THU, _SAT, _SUN = 0, 3, 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A holiday and the day on which it falls in a year."""

    name: str
    falls_on: Callable[[int], date]
    effective_from: date
    source: str = _STATUTE


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(nth: int, weekday: int, month: int) -> Callable[[int], date]:
    def falls(year: int) -> date:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))

    return falls


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta(days=last.weekday())


def _holiday(name: str, falls_on: Callable[[int], date], since: date = date(1986, 1, 1)) -> Holiday:
    return Holiday(name=name, falls_on=falls_on, effective_from=since)


HOLIDAYS = (
    _holiday("New Year's Day", _fixed(1, 1)),
    _holiday("Martin Luther King Jr. Day", _nth(3, _MON, 1)),
    _holiday("Washington's Birthday", _nth(3, _MON, 2)),
    _holiday("Memorial Day", _last_monday_of_may),
    _holiday("Juneteenth", _fixed(6, 19), date(2021, 6, 17)),
    _holiday("Independence Day", _fixed(7, 4)),
    _holiday("Labor Day", _nth(1, _MON, 9)),
    _holiday("Columbus Day", _nth(2, _MON, 10)),
    _holiday("Veterans Day", _fixed(11, 11)),
    _holiday("Thanksgiving Day", _nth(4, _THU, 11)),
    _holiday("Christmas Day", _fixed(12, 25)),
)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """The weekdays of the year on which banks settle nothing."""
    days = (rule.falls_on(year) for rule in HOLIDAYS if rule.effective_from <= rule.falls_on(year))
    return frozenset(day + timedelta(days=1) if day.weekday() == _SUN else day for day in days if day.weekday() != _SAT)


def is_banking_day(day: date) -> bool:
    """Whether pay can arrive on that day."""
    return day.weekday() < _SAT and day not in bank_holidays(day.year)
