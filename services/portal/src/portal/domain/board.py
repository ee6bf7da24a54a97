"""The start board: which column a start falls into, and what counts as late."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

MOST_DAYS = 92
MOST_DAY_COLUMNS = 7


class By(StrEnum):
    """What the columns of the board are."""

    WEEK = "week"
    DAY = "day"
    STATE = "state"


BEFORE_START = ("offered", "accepted", "confirmed", "onboarding", "cleared")
"""The states, in their order, of an assignment that has not started and may still."""

ON_BOARD = (*BEFORE_START, "active")
"""Those that the board shows: what is on its way to a start, and what started within the window."""

AT_RISK = ("at_risk", "blocked", "late")
"""What is known of an assignment whose start is not safe."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that the board shows: `days` of them from `first` on, in columns of one day or of one week.

    Raises ValueError for a window of no day, or of more than `MOST_DAYS`.
    """

    first: date
    days: int
    by: By = By.WEEK

    def __post_init__(self) -> None:
        if not 1 <= self.days <= MOST_DAYS:
            raise ValueError(f"a window has 1 to {MOST_DAYS} days")

    @property
    def end(self) -> date:
        """The first day after it. A window by day ends after `MOST_DAY_COLUMNS`: more do not fit on a screen."""
        days = min(self.days, MOST_DAY_COLUMNS) if self.by is By.DAY else self.days
        return self.first + timedelta(days=days)

    @property
    def origin(self) -> date:
        """The first day of the first column: of a week, the Monday on or before the window's first day."""
        return self.first - timedelta(days=self.first.weekday()) if self.by is By.WEEK else self.first

    @property
    def column_days(self) -> int:
        """Days of one column."""
        return 7 if self.by is By.WEEK else 1

    def columns(self) -> tuple[tuple[date, date], ...]:
        """The days of each column, first and last, as far as the window reaches; column n is the n-th of them."""
        width, found, begin = timedelta(days=self.column_days), [], self.origin
        while begin < self.end:
            last = min(begin + width, self.end) - timedelta(days=1)
            found.append((max(begin, self.first), last))
            begin += width
        return tuple(found)


def is_late(state: str, start_date: date, *, today: date) -> bool:
    """Whether the start should have been before this day (the facility's) and was not: neither begun nor over."""
    return state in BEFORE_START and start_date < today
