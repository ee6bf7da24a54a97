"""How a plan adapts to new terms or another facility, and closes: planned shifts change, what was recorded stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from shared.contracts.assignments import AssignmentEnded, FacilityChanged
from shared.contracts.terms import Terms
from timekeeping.domain.expected import ExpectedShift, expected_shifts
from timekeeping.domain.plan import NEVER_STARTED, DatedVersion, Plan, planned_shift
from timekeeping.domain.shift import Shift, ShiftState


def adapt(
    plan: Plan, terms: Terms, *, facility: FacilityChanged, effective_on: date, new_id: Callable[[str], str]
) -> Plan:
    """The plan under newer terms; older or equal terms, and a closed plan, change nothing.

    Shifts keep their id by work date, and an unaffected shift stays as it is. Recorded shifts stay; another pattern,
    unit or facility plans anew from `effective_on`, and shifts outside the new dates are void. Another facility has
    another clock and other approvers, so both are asked for again.
    """
    if plan.is_closed or terms.version <= plan.terms.version:
        return plan
    pattern_from = _pattern_from(plan, terms, effective_on=effective_on)
    dated = DatedVersion(version=terms.version, effective_on=effective_on)
    moved = replace(
        plan,
        terms=terms,
        terms_versions=(*plan.terms_versions, dated),
        client_id=facility.client_id,
        facility_id=facility.facility_id,
        time_zone=facility.time_zone,
        workweek_starts=facility.workweek_starts,
        pattern_from=pattern_from,
        shifts=_replanned(plan, terms, pattern_from=pattern_from, facility=facility, new_id=new_id),
    )
    if moved.facility_id == plan.facility_id:
        return moved
    return replace(moved, clock_registered_on=None, approver=None, backup_approver=None)


def follow_facility(plan: Plan, facility: FacilityChanged, *, today: date, new_id: Callable[[str], str]) -> Plan:
    """The plan when its facility has another time zone or workweek: shifts from today on are planned anew.

    They keep their ids by work date, as under new terms. Shifts before today, or of a pattern that the present terms
    no longer hold, stand. Nothing else of a facility matters here, and nothing matters to a closed plan. `today` is the
    facility's day.
    """
    known = (plan.time_zone, plan.workweek_starts)
    if plan.is_closed or known == (facility.time_zone, facility.workweek_starts):
        return plan
    pattern_from = plan.pattern_from if today <= plan.terms.start_date else max(plan.pattern_from, today)
    return replace(
        plan,
        time_zone=facility.time_zone,
        workweek_starts=facility.workweek_starts,
        pattern_from=pattern_from,
        shifts=_replanned(plan, plan.terms, pattern_from=pattern_from, facility=facility, new_id=new_id),
    )


def close(plan: Plan, ended: AssignmentEnded) -> Plan:
    """The plan of an assignment that is over; closing twice changes nothing.

    Shifts after the last day are void, and all unrecorded ones when the assignment never began. Shifts up to the last
    day stay planned until somebody records them.
    """
    if plan.is_closed:
        return plan
    reason, is_void_from = ended.state.value, ended.ended_on
    shifts = tuple(
        _void(shift, reason) if ended.state in NEVER_STARTED or shift.work_date > is_void_from else shift
        for shift in plan.shifts
    )
    return replace(plan, assignment_state=ended.state, ended_on=ended.ended_on, shifts=shifts)


def _pattern(terms: Terms) -> tuple[object, ...]:
    return terms.shift_pattern, terms.unit, terms.facility_id


def _pattern_from(plan: Plan, terms: Terms, *, effective_on: date) -> date:
    if _pattern(terms) == _pattern(plan.terms):
        return plan.pattern_from
    return date.min if effective_on <= terms.start_date else effective_on


def _replanned(
    plan: Plan,
    terms: Terms,
    *,
    pattern_from: date,
    facility: FacilityChanged,
    new_id: Callable[[str], str],
) -> tuple[Shift, ...]:
    expected = {shift.work_date: shift for shift in expected_shifts(terms, facility) if shift.work_date >= pattern_from}
    kept = [
        shift
        if shift.work_date < pattern_from and shift.work_date in terms.period
        else _under(shift, expected.get(shift.work_date))
        for shift in plan.shifts
    ]
    known = {shift.work_date for shift in kept}
    added = [planned_shift(shift, new_id("shf")) for day, shift in expected.items() if day not in known]
    return tuple(sorted([*kept, *added], key=lambda shift: shift.work_date))


def _under(shift: Shift, expected: ExpectedShift | None) -> Shift:
    if shift.is_recorded:
        return shift
    if expected is None:
        return _void(shift, "planned_anew")
    return replace(shift, state=ShiftState.PLANNED, expected=expected, void_because=None)


def _void(shift: Shift, reason: str) -> Shift:
    if shift.state is not ShiftState.PLANNED:
        return shift
    return replace(shift, state=ShiftState.VOID, void_because=reason)
