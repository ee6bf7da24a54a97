"""Half-open periods of days: [start, end)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, and without, `end`. Raises ValueError when it holds no day."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError("a period ends after it starts")

    @classmethod
    def through(cls, first: date, last: date) -> Self:
        """The period of people's speech, which names its first and its last day."""
        return cls(first, last + timedelta(days=1))

    @property
    def last(self) -> date:
        """The last day inside the period."""
        return self.end - timedelta(days=1)

    @property
    def length_days(self) -> int:
        """How many days (or, of a stay, nights) it holds; at least one."""
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return self.start < other.end and other.start < self.end

    def days(self) -> Iterator[date]:
        """Each day in order."""
        return (self.start + timedelta(days=n) for n in range(self.length_days))
