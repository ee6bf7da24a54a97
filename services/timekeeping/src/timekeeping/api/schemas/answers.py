"""What timekeeping answers: a plan with its shifts and weeks."""

from datetime import date, datetime
from typing import Any, Self

from pydantic import ConfigDict

from shared.contracts.assignments import State
from shared.contracts.terms import Weekday
from shared.hours import Hours
from shared.http.bodies import ResponseBody
from shared.http.standings import STANDING, StandingOut
from timekeeping.domain.clearance import cleared_through
from timekeeping.domain.expected import ExpectedShift, PlannedWeek, planned_weeks
from timekeeping.domain.local_time import Irregularity
from timekeeping.domain.plan import Contact, Plan, blocked_shifts, planned
from timekeeping.domain.shift import MissedReason, Shift, ShiftState, Worked
from timekeeping.domain.standing import standing

SHIFTS_SHOWN = 100
WEEKS_SHOWN = 60

_CONTACT = {"reference": "con_4711", "display_name": "Avery Lee"}
_BACKUP = {"reference": "con_4712", "display_name": "Jo Ross"}
_SHIFT: dict[str, Any] = {
    "shift_id": "shf_01m9t5c7e9g1j3m5p7r9t1v3x5",
    "work_date": "2026-02-02",
    "state": "worked",
    "expected": {
        "unit": "ICU",
        "starts_at": "2026-02-02T13:00:00Z",
        "ends_at": "2026-02-03T01:30:00Z",
        "paid_hours": "12.00",
        "provisional": False,
        "orientation": True,
        "irregularities": [],
    },
    "worked": {
        "started_at": "2026-02-02T12:55:00Z",
        "ended_at": "2026-02-03T01:40:00Z",
        "unpaid_meal_minutes": 30,
        "hours": "12.25",
    },
    "missed_because": None,
    "void_because": None,
    "unscheduled": False,
    "uncleared": False,
    "blocked": False,
}
_WEEK: dict[str, Any] = {
    "starts_on": "2026-02-01",
    "first_day": "2026-02-02",
    "last_day": "2026-02-07",
    "shifts": 3,
    "planned_hours": "36.00",
    "guaranteed_hours": "36",
}
_PLAN: dict[str, Any] = {
    "plan_id": "pln_01m8095ps8e00axqcgn5qrg12p",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "assignment_state": "active",
    "terms_version": 1,
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "time_zone": "America/Chicago",
    "workweek_starts": "sun",
    "clock_registered_on": "2026-01-20",
    "approver": _CONTACT,
    "backup_approver": _BACKUP,
    "cleared_through": "2026-05-02",
    "is_open": True,
    "shifts": [_SHIFT],
    "more_shifts_from": None,
    "weeks": [_WEEK],
    "standing": STANDING,
}
_LINE = ("plan_id", "assignment_id", "clinician_id", "facility_id", "assignment_state", "start_date", "is_open")


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class ContactOut(ResponseBody):
    """A person at the facility."""

    reference: str
    display_name: str


class ExpectedOut(ResponseBody):
    """A shift as planned; `irregularities` say where its wall clock met a change of clocks."""

    unit: str
    starts_at: datetime
    ends_at: datetime
    paid_hours: str
    provisional: bool
    orientation: bool
    irregularities: tuple[Irregularity, ...]

    @classmethod
    def of(cls, expected: ExpectedShift) -> Self:
        """The plan of a shift as it is shown."""
        return cls(
            unit=expected.unit,
            starts_at=expected.starts_at,
            ends_at=expected.ends_at,
            paid_hours=str(Hours(expected.paid_minutes)),
            provisional=expected.provisional,
            orientation=expected.orientation,
            irregularities=expected.irregularities,
        )


class WorkedOut(ResponseBody):
    """A shift as worked; `hours` leave out the unpaid meal."""

    started_at: datetime
    ended_at: datetime
    unpaid_meal_minutes: int
    hours: str

    @classmethod
    def of(cls, worked: Worked) -> Self:
        """The recorded hours as they are shown."""
        return cls(
            started_at=worked.started_at,
            ended_at=worked.ended_at,
            unpaid_meal_minutes=worked.unpaid_meal_minutes,
            hours=str(Hours(worked.minutes)),
        )


class ShiftOut(ResponseBody):
    """What was expected of a shift and what became of it; `blocked` means planned, and no longer covered."""

    shift_id: str
    work_date: date
    state: ShiftState
    expected: ExpectedOut | None
    worked: WorkedOut | None
    missed_because: MissedReason | None
    void_because: str | None
    unscheduled: bool
    uncleared: bool
    blocked: bool

    @classmethod
    def of(cls, shift: Shift, *, blocked: bool) -> Self:
        """The shift as it is shown."""
        return cls(
            shift_id=shift.shift_id,
            work_date=shift.work_date,
            state=shift.state,
            expected=ExpectedOut.of(shift.expected) if shift.expected else None,
            worked=WorkedOut.of(shift.worked) if shift.worked else None,
            missed_because=shift.missed_because,
            void_because=shift.void_because,
            unscheduled=shift.unscheduled,
            uncleared=shift.uncleared,
            blocked=blocked,
        )


class WeekOut(ResponseBody):
    """A workweek of the facility: the days of it inside the assignment, and planned hours beside guaranteed ones."""

    starts_on: date
    first_day: date
    last_day: date
    shifts: int
    planned_hours: str
    guaranteed_hours: str

    @classmethod
    def of(cls, week: PlannedWeek) -> Self:
        """The week as it is shown."""
        return cls(
            starts_on=week.week.start,
            first_day=week.days.start,
            last_day=week.days.last,
            shifts=week.shifts,
            planned_hours=str(week.planned),
            guaranteed_hours=f"{week.guaranteed_hours:f}",
        )


class PlanOut(ResponseBody):
    """A plan with its shifts and weeks, and what can be done now.

    At most 100 shifts and 60 weeks; `more_shifts_from` is the work date to ask for the next ones. `cleared_through` is
    the last day of the clearance that runs.
    """

    model_config = _example(_PLAN)

    plan_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    terms_version: int
    start_date: date
    end_date: date
    time_zone: str
    workweek_starts: Weekday
    clock_registered_on: date | None
    approver: ContactOut | None
    backup_approver: ContactOut | None
    cleared_through: date | None
    is_open: bool
    shifts: tuple[ShiftOut, ...]
    more_shifts_from: date | None
    weeks: tuple[WeekOut, ...]
    standing: StandingOut

    @classmethod
    def of(cls, plan: Plan, now: datetime, *, shifts_from: date) -> Self:
        """The plan as it stands now, with its shifts and weeks from this day on."""
        coming = [shift for shift in plan.shifts if shift.work_date >= shifts_from]
        return cls(
            plan_id=plan.plan_id,
            assignment_id=plan.assignment_id,
            clinician_id=plan.clinician_id,
            facility_id=plan.facility_id,
            assignment_state=plan.assignment_state,
            terms_version=plan.terms.version,
            start_date=plan.terms.start_date,
            end_date=plan.terms.end_date,
            time_zone=plan.time_zone,
            workweek_starts=plan.workweek_starts,
            clock_registered_on=plan.clock_registered_on,
            approver=_contact(plan.approver),
            backup_approver=_contact(plan.backup_approver),
            cleared_through=cleared_through(plan.clearances),
            is_open=not plan.is_closed,
            shifts=_shifts(plan, coming[:SHIFTS_SHOWN]),
            more_shifts_from=coming[SHIFTS_SHOWN].work_date if len(coming) > SHIFTS_SHOWN else None,
            weeks=_weeks(plan, shifts_from),
            standing=StandingOut.model_validate(standing(plan, now)),
        )


def _contact(contact: Contact | None) -> ContactOut | None:
    return ContactOut.model_validate(contact) if contact else None


def _shifts(plan: Plan, shown: list[Shift]) -> tuple[ShiftOut, ...]:
    blocked = {shift.shift_id for shift in blocked_shifts(plan)}
    return tuple(ShiftOut.of(shift, blocked=shift.shift_id in blocked) for shift in shown)


def _weeks(plan: Plan, shifts_from: date) -> tuple[WeekOut, ...]:
    weeks = planned_weeks(planned(plan), plan.terms, workweek_starts=plan.workweek_starts)
    return tuple(WeekOut.of(week) for week in weeks if week.days.end > shifts_from)[:WEEKS_SHOWN]


class PlanLine(ResponseBody):
    """A plan in a list."""

    model_config = _example({name: _PLAN[name] for name in _LINE})

    plan_id: str
    assignment_id: str
    clinician_id: str
    facility_id: str
    assignment_state: State
    start_date: date
    is_open: bool
