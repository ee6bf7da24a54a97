"""One shift of a plan: what was expected, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from timekeeping.domain.expected import ExpectedShift


class ShiftState(StrEnum):
    """What became of a shift."""

    PLANNED = "planned"
    WORKED = "worked"
    MISSED = "missed"
    VOID = "void"


class MissedReason(StrEnum):
    """Why an expected shift was not worked; who cancelled decides about guarantee and stipend."""

    FACILITY_CANCELLED = "facility_cancelled"
    CLINICIAN_CANCELLED = "clinician_cancelled"
    NO_SHOW = "no_show"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """The hours of a shift as recorded, never rounded. `unpaid_meal_minutes` were taken and free of duty.

    A meal is deducted only when it was recorded as taken (29 CFR 785.19; DOL Fact Sheet 53).
    """

    started_at: datetime
    ended_at: datetime
    unpaid_meal_minutes: int = 0

    @property
    def minutes(self) -> int:
        """The minutes worked, as they really passed."""
        return (self.ended_at - self.started_at) // timedelta(minutes=1) - self.unpaid_meal_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A shift known by its id. `expected` is None when it was worked without a plan.

    `unscheduled`: worked on a day without a plan, or whose plan was void. `uncleared`: worked without clearance.
    `events_said` counts what was said of it, worked or missed.
    """

    shift_id: str
    work_date: date
    state: ShiftState
    expected: ExpectedShift | None = None
    worked: Worked | None = None
    missed_because: MissedReason | None = None
    void_because: str | None = None
    unscheduled: bool = False
    uncleared: bool = False
    events_said: int = 0

    @property
    def is_recorded(self) -> bool:
        """Whether it is known what became of it, so that no new plan touches it."""
        return self.state in (ShiftState.WORKED, ShiftState.MISSED)
