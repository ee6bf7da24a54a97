"""Whether somebody was screened against the newest release in time.

Monthly screening is law for the states (42 CFR 455.436) and the way for a provider to stay clear of penalties (OIG
Special Advisory Bulletin, 2013).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Monitored(StrEnum):
    """How somebody stands with the newest release of a list."""

    CURRENT = "current"
    DUE = "due"
    """Not screened against it yet, within the days of grace."""
    OVERDUE = "overdue"
    NOT_REQUIRED = "not_required"
    """Not on an assignment; screened again before the next start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """The standing, and by how many days it is overdue."""

    status: Monitored
    days_overdue: int = 0


def monitored(*, posted_on: date, is_screened: bool, is_active: bool, today: date, grace_days: int) -> Monitoring:
    """How somebody stands with a release that was posted on that day."""
    if not is_active:
        return Monitoring(status=Monitored.NOT_REQUIRED)
    if is_screened:
        return Monitoring(status=Monitored.CURRENT)
    days = (today - last_day(posted_on, grace_days)).days
    if days <= 0:
        return Monitoring(status=Monitored.DUE)
    return Monitoring(status=Monitored.OVERDUE, days_overdue=days)


def last_day(posted_on: date, grace_days: int) -> date:
    """The last day on which screening against the release is in time."""
    return posted_on + timedelta(days=grace_days)
