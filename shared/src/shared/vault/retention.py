"""Until when something must be kept after work has ended. The rules themselves are dated data of each service."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

OPEN_END = date.max
"""Somebody still works: nothing of what a rule names may go."""


class RetentionRule(Protocol):
    """A row of a service's table."""

    @property
    def kinds(self) -> Collection[str]:
        """What must be kept."""
        ...

    @property
    def effective_from(self) -> date:
        """The first day on which the rule holds; it covers work that ended then or later."""
        ...

    @property
    def years_after_start(self) -> int:
        """Years from the first day of work; 0 where only the end counts."""
        ...

    @property
    def years_after_end(self) -> int:
        """Years from the last day of work."""
        ...

    @property
    def is_from_tax_due(self) -> bool:
        """Whether the years after the end begin with the day on which the year's last employment tax is due."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """The first and last day of one assignment; no last day while it goes on."""

    started_on: date
    ended_on: date | None


def keep_until(rules: Iterable[RetentionRule], engagements: Iterable[Engagement]) -> Mapping[str, date]:
    """The last day on which each kind must be kept, by the rule and the assignment that keep it longest.

    A kind that is missing need not be kept at all; OPEN_END while an assignment goes on.
    """
    found: dict[str, date] = {}
    known = tuple(engagements)
    for rule in rules:
        days = [_last_day(rule, one) for one in known if one.ended_on is None or one.ended_on >= rule.effective_from]
        for kind in rule.kinds if days else ():
            found[kind] = max(*days, found.get(kind, date.min))
    return found


def _last_day(rule: RetentionRule, engagement: Engagement) -> date:
    ended_on = engagement.ended_on
    if ended_on is None:
        return OPEN_END
    # Form 940 and the W-2 of a year are due on 31 January after it.
    counted_from = date(ended_on.year + 1, 1, 31) if rule.is_from_tax_due else ended_on
    after_start = _years_later(engagement.started_on, rule.years_after_start)
    return max(after_start, _years_later(counted_from, rule.years_after_end))


def _years_later(day: date, years: int) -> date:
    """The same day so many years on; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
