"""What runs out in a range of days, as a calendar shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from credentialing.domain.expirables.errors import RangeNotShown

LONGEST_DAYS = 400
USUAL_DAYS = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From the first to the last day, both included. Raises RangeNotShown when it ends before it begins or is long."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not 0 <= (self.last - self.first).days < LONGEST_DAYS:
            raise RangeNotShown(longest=LONGEST_DAYS)

    @classmethod
    def of(cls, first: date | None, last: date | None, *, today: date) -> "Span":
        """The span asked for: from today when no first day is named, and for 90 days when no last one is."""
        first = first or today
        return cls(first=first, last=last or first + timedelta(days=USUAL_DAYS))


def by_week(by_day: Mapping[date, int]) -> dict[date, int]:
    """The counts of each week by its Monday, in order."""
    weeks: dict[date, int] = {}
    for day, count in sorted(by_day.items()):
        monday = day - timedelta(days=day.weekday())
        weeks[monday] = weeks.get(monday, 0) + count
    return weeks
