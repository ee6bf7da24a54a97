"""What people record in a plan. Each returns what changed, or refuses and changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from shared.contracts.timekeeping import ShiftMissed, ShiftWorked
from timekeeping.domain.errors import (
    MealLongerThanShift,
    NoShiftExpected,
    PlanClosed,
    SameApprover,
    ShiftEndsBeforeItStarts,
    ShiftOverlaps,
    WorkDateDiffers,
)
from timekeeping.domain.local_time import day_at, zone_named
from timekeeping.domain.plan import Contact, Plan, is_cleared, terms_version_on
from timekeeping.domain.shift import MissedReason, Shift, ShiftState, Worked


def register_clock(plan: Plan, on: date) -> Plan:
    """The clinician can use the facility's clock since this day; registering again keeps the first day."""
    _must_be_open(plan)
    return replace(plan, clock_registered_on=plan.clock_registered_on or on)


def name_approvers(plan: Plan, approver: Contact, *, backup: Contact) -> Plan:
    """Who approves the hours at the facility, and who does when that person is away: two different people."""
    _must_be_open(plan)
    if approver.reference == backup.reference:
        raise SameApprover
    return replace(plan, approver=approver, backup_approver=backup)


def record_worked(
    plan: Plan, work_date: date, *, worked: Worked, new_id: Callable[[str], str]
) -> tuple[Plan, ShiftWorked]:
    """A shift was worked, whatever the state of the assignment: hours worked are owed (29 CFR 785.11).

    It fills the shift planned for its day, also a missed or void one; on any other day, or beside a worked shift, it
    is a new one. Work without plan or without clearance is marked, never refused.
    """
    _check(plan, work_date, worked=worked)
    before = _unworked_on(plan, work_date) or Shift(shift_id=new_id("shf"), work_date=work_date, state=ShiftState.VOID)
    shift = replace(
        before,
        state=ShiftState.WORKED,
        worked=worked,
        missed_because=None,
        void_because=None,
        unscheduled=before.state is ShiftState.VOID,
        uncleared=not is_cleared(plan, work_date, starts_at=worked.started_at),
        events_said=before.events_said + 1,
    )
    event = ShiftWorked(
        shift_id=shift.shift_id,
        assignment_id=plan.assignment_id,
        terms_version=terms_version_on(plan, work_date),
        work_date=work_date,
        started_at=worked.started_at,
        ended_at=worked.ended_at,
        worked_minutes=worked.minutes,
    )
    return _with(plan, shift), event


def record_missed(plan: Plan, work_date: date, *, reason: MissedReason) -> tuple[Plan, ShiftMissed]:
    """The shift planned for this day was not worked. Raises NoShiftExpected when none is, or it is recorded."""
    planned = _unworked_on(plan, work_date)
    if planned is None or planned.state is not ShiftState.PLANNED:
        raise NoShiftExpected(work_date=work_date)
    shift = replace(planned, state=ShiftState.MISSED, missed_because=reason, events_said=planned.events_said + 1)
    event = ShiftMissed(
        shift_id=shift.shift_id,
        assignment_id=plan.assignment_id,
        terms_version=terms_version_on(plan, work_date),
        work_date=work_date,
        reason=reason.value,
    )
    return _with(plan, shift), event


def _must_be_open(plan: Plan) -> None:
    if plan.is_closed:
        raise PlanClosed(ended_on=plan.ended_on)


def _check(plan: Plan, work_date: date, *, worked: Worked) -> None:
    if worked.ended_at <= worked.started_at:
        raise ShiftEndsBeforeItStarts
    if worked.unpaid_meal_minutes < 0 or worked.minutes < 0:
        raise MealLongerThanShift
    began_on = day_at(worked.started_at, zone_named(plan.time_zone))
    if began_on != work_date:
        raise WorkDateDiffers(began_on=began_on)
    for shift in plan.shifts:
        if shift.worked is not None and _overlap(shift.worked, worked):
            raise ShiftOverlaps(shift_id=shift.shift_id)


def _overlap(one: Worked, other: Worked) -> bool:
    return one.started_at < other.ended_at and other.started_at < one.ended_at


def _unworked_on(plan: Plan, work_date: date) -> Shift | None:
    return next(
        (shift for shift in plan.shifts if shift.work_date == work_date and shift.state is not ShiftState.WORKED),
        None,
    )


def _with(plan: Plan, shift: Shift) -> Plan:
    others = [known for known in plan.shifts if known.shift_id != shift.shift_id]
    return replace(plan, shifts=tuple(sorted([*others, shift], key=lambda known: known.work_date)))
