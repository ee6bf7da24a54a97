"""When the clinician was, is and will be cleared to work, as credentialing decided it."""

from dataclasses import dataclass, replace
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Clearance from an instant, for work dates through `valid_through`, until it was revoked or granted anew."""

    granted_at: datetime
    valid_through: date
    ended_at: datetime | None = None
    ended_because: str | None = None

    def covers(self, work_date: date, starts_at: datetime) -> bool:
        """Whether a shift that begins then is worked with this clearance."""
        is_running = self.granted_at <= starts_at and (self.ended_at is None or starts_at < self.ended_at)
        return is_running and work_date <= self.valid_through


Clearances = tuple[Clearance, ...]
"""In order of time; at most the last one runs."""


def cleared_through(clearances: Clearances) -> date | None:
    """The last work date of the clearance that runs, if one does."""
    return clearances[-1].valid_through if clearances and clearances[-1].ended_at is None else None


def granted(clearances: Clearances, valid_through: date, *, at: datetime) -> Clearances:
    """The clearances when a new one is granted: the one before ends by it."""
    since = _in_turn(clearances, at)
    return (*revoked(clearances, "granted_anew", at=since), Clearance(granted_at=since, valid_through=valid_through))


def revoked(clearances: Clearances, reason: str, *, at: datetime) -> Clearances:
    """The clearances when the present one is taken away; without one running nothing changes."""
    if not clearances or clearances[-1].ended_at is not None:
        return clearances
    ended_at = _in_turn(clearances, at)
    return (*clearances[:-1], replace(clearances[-1], ended_at=ended_at, ended_because=reason))


def _in_turn(clearances: Clearances, at: datetime) -> datetime:
    """Decisions count in the order in which they come: none from before the one that it follows."""
    if not clearances:
        return at
    last = clearances[-1]
    return max(at, last.ended_at or last.granted_at)
