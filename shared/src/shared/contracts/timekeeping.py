"""Events of the timekeeping service: shifts and timecards."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.contracts.event import Event, event


@event("shift.worked")
class ShiftWorked(Event):
    """A shift was worked; `work_date` is the facility-local day on which it began."""

    shift_id: str
    assignment_id: str
    terms_version: int
    work_date: date
    started_at: datetime
    ended_at: datetime
    worked_minutes: int


@event("shift.missed")
class ShiftMissed(Event):
    """An expected shift was not worked; `reason` is a stable code such as `facility_cancelled` or `no_show`."""

    shift_id: str
    assignment_id: str
    terms_version: int
    work_date: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimecardLine:
    """Minutes of one pay code in one shift, in the state where they were worked."""

    shift_id: str
    work_date: date
    code: str
    minutes: int
    work_state: str
    terms_version: int
    approved: bool


@event("timecard.closed")
class TimecardClosed(Event):
    """The cut-off passed: every known line of a clinician's workweek, approved or not."""

    timecard_id: str
    assignment_id: str
    clinician_id: str
    week_start: date
    lines: tuple[TimecardLine, ...]


@event("timecard.approved")
class TimecardApproved(Event):
    """The facility approved lines after the cut-off; `lines` is the whole card as it now stands."""

    timecard_id: str
    assignment_id: str
    clinician_id: str
    week_start: date
    lines: tuple[TimecardLine, ...]


@event("timecard.corrected")
class TimecardCorrected(Event):
    """A closed card was corrected; `lines` is the whole card as it now stands."""

    timecard_id: str
    assignment_id: str
    clinician_id: str
    week_start: date
    lines: tuple[TimecardLine, ...]
    reason: str
