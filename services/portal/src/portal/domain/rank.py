"""When a work item counts as due, and why: the order of the queue.

It begins at its due instant, and is brought forward, never back, by three things in turn:

1. **start**: what an assignment needs before its start is to be done by 09:00 of the facility's day, one day before the
   start for up to 30 minutes of effort, two for up to two hours, three for more.
2. **money**: each full 1,000 dollars at stake brings it 4 hours forward, at most 72 hours.
3. **stalled**: an item that holds up a workstream which is at risk or blocked comes 24 hours forward.

The instant depends on nothing that passes by itself, so it is stored and indexed; two items at the same instant stand
in the order of their ids.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

START, MONEY, STALLED = "start", "money", "stalled"

READY_BY = time(9)
LEAD_DAYS = ((30, 1), (120, 2))
"""Up to so many minutes of effort: so many days before the start."""
MOST_LEAD_DAYS = 3
STEP_CENTS = 100_000
STEP_MINUTES = 4 * 60
MOST_MONEY_MINUTES = 72 * 60
STALLED_MINUTES = 24 * 60
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The facility's day on which the assignment is to start, in its IANA time zone."""

    on: date
    time_zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that brought an item forward: by how many minutes (rounded down), and the fact behind it.

    `fact` is the start date for `start`, the cents at stake for `money`, the workstream's status for `stalled`.
    """

    code: str
    minutes: int
    fact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """When an item counts as due, and what brought it there, in the order in which it was applied."""

    rank_at: datetime
    reasons: tuple[Reason, ...] = ()


def rank_of(
    due_at: datetime, *, start: Start | None, money_at_stake_cents: int | None, weight: int, stalled: str | None
) -> Rank:
    """When an item counts as due.

    Units: `weight` in minutes of effort. `start` is None once the assignment started or ended, and while the facility
    is not known; `stalled` is the status of the workstream that the item holds up, None where it holds up none.
    """
    latest = min(due_at, _ready_by(start, weight)) if start else due_at
    before_start = Reason(code=START, minutes=(due_at - latest) // MINUTE, fact=start.on.isoformat() if start else "")
    money = Reason(code=MONEY, minutes=_money_minutes(money_at_stake_cents or 0), fact=str(money_at_stake_cents))
    held_up = Reason(code=STALLED, minutes=STALLED_MINUTES if stalled else 0, fact=stalled or "")
    return Rank(
        rank_at=latest - (money.minutes + held_up.minutes) * MINUTE,
        reasons=tuple(reason for reason in (before_start, money, held_up) if reason.minutes),
    )


def _ready_by(start: Start, weight: int) -> datetime:
    days = next((days for most, days in LEAD_DAYS if weight <= most), MOST_LEAD_DAYS)
    return datetime.combine(start.on - timedelta(days=days), READY_BY, ZoneInfo(start.time_zone)).astimezone(UTC)


def _money_minutes(cents: int) -> int:
    return min(max(cents, 0) // STEP_CENTS * STEP_MINUTES, MOST_MONEY_MINUTES)
