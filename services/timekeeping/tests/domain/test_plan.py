from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.timekeeping.tests.builders import (
    TODAY,
    a_day_worked,
    a_facility,
    a_grant,
    a_plan,
    a_ready_plan,
    a_revocation,
    adapted,
    an_end,
    days_12,
    days_in,
    new_ids,
    nights_12,
    shift_on,
    some_terms,
    utc,
)
from shared.contracts.assignments import State
from shared.contracts.terms import Weekday
from timekeeping.domain.changes import adapt, close, follow_facility
from timekeeping.domain.commands import record_missed, record_worked
from timekeeping.domain.plan import (
    Plan,
    blocked_shifts,
    follow,
    follow_clearance,
    is_cleared,
    terms_version_on,
)
from timekeeping.domain.shift import MissedReason, ShiftState

MON, TUE = date(2026, 1, 5), date(2026, 1, 6)


def _worked(plan: Plan, day: date) -> Plan:
    return record_worked(plan, day, worked=a_day_worked(day), new_id=new_ids(900))[0]


def test_a_plan_opens_with_every_shift_planned_and_nothing_registered() -> None:
    plan = a_plan()
    assert (plan.plan_id, plan.assignment_id, plan.facility_id, plan.version) == ("pln_1", "asg_1", "fac_1", 0)
    assert [shift.shift_id for shift in plan.shifts] == [f"shf_{number}" for number in range(1, 40)]
    assert {shift.state for shift in plan.shifts} == {ShiftState.PLANNED}
    assert (plan.clock_registered_on, plan.approver, plan.clearances) == (None, None, ())


@pytest.mark.parametrize("version", [0, 1])
def test_older_or_equal_terms_change_nothing(version: int) -> None:
    plan = a_plan()
    terms = some_terms(version=version, shift_pattern=nights_12())
    assert adapt(plan, terms, facility=a_facility(), effective_on=MON, new_id=new_ids()) == plan


def test_a_pushed_start_voids_the_first_weeks_and_adds_the_last_and_keeps_the_rest() -> None:
    plan = a_ready_plan()
    moved = adapted(plan, effective_on=MON, start_date=date(2026, 1, 19), end_date=date(2026, 4, 19))
    assert days_in(moved, ShiftState.VOID) == [date(2026, 1, day) for day in (5, 6, 7, 12, 13, 14)]
    assert [shift for shift in moved.shifts if shift.work_date in plan.terms.period][6:] == list(plan.shifts[6:])
    added = [shift for shift in moved.shifts if shift.work_date not in plan.terms.period]
    assert [(shift.shift_id, shift.work_date) for shift in added] == [
        (f"shf_{101 + place}", date(2026, 4, day)) for place, day in enumerate((6, 7, 8, 13, 14, 15))
    ]
    assert (moved.clock_registered_on, moved.approver) == (plan.clock_registered_on, plan.approver)


def test_a_start_pulled_back_again_revives_the_same_shifts() -> None:
    pushed = adapted(a_plan(), effective_on=MON, start_date=date(2026, 1, 19))
    back = adapted(pushed, effective_on=MON, start_date=MON)
    assert back.shifts == a_plan().shifts


def test_an_extension_only_adds_shifts() -> None:
    plan = _worked(a_plan(), MON)
    longer = adapted(plan, effective_on=date(2026, 4, 6), end_date=date(2026, 5, 3))
    assert longer.shifts[:39] == plan.shifts
    assert len(longer.shifts) == 39 + 12


def test_an_early_end_voids_the_shifts_after_it() -> None:
    shorter = adapted(a_plan(), effective_on=date(2026, 3, 30), end_date=date(2026, 3, 29))
    assert days_in(shorter, ShiftState.VOID) == [date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1)]


def test_another_shift_pattern_plans_anew_only_from_its_day() -> None:
    plan = a_plan()
    evenings = days_12(starts_at=time(11), ends_at=time(23, 30))
    changed = adapted(plan, effective_on=date(2026, 3, 2), shift_pattern=evenings)
    assert changed.shifts[:24] == plan.shifts[:24]
    assert [shift.shift_id for shift in changed.shifts] == [shift.shift_id for shift in plan.shifts]
    after = shift_on(changed, date(2026, 3, 2)).expected
    assert after is not None
    assert after.starts_at == utc("2026-03-02T17:00")


def test_an_extension_does_not_bring_a_later_pattern_forward() -> None:
    plan = a_plan()
    changed = adapted(plan, effective_on=date(2026, 3, 2), shift_pattern=nights_12())
    longer = adapted(changed, effective_on=date(2026, 4, 6), end_date=date(2026, 5, 3))
    assert longer.shifts[: len(changed.shifts)] == changed.shifts
    assert longer.shifts[:24] == plan.shifts[:24]


def test_another_unit_keeps_the_ids_and_names_the_unit() -> None:
    plan = a_plan()
    floated = adapted(plan, effective_on=date(2026, 3, 2), unit="MS")
    units = [shift.expected.unit for shift in floated.shifts if shift.expected]
    assert units == ["ICU"] * 24 + ["MS"] * 15
    assert [shift.shift_id for shift in floated.shifts] == [shift.shift_id for shift in plan.shifts]


def test_terms_that_touch_no_shift_leave_every_shift() -> None:
    plan = a_plan()
    assert adapted(plan, specialty="TELE").shifts == plan.shifts


def test_another_facility_asks_for_clock_and_approvers_again() -> None:
    moved = adapted(a_ready_plan(), facility_id="fac_2")
    assert (moved.facility_id, moved.clock_registered_on, moved.approver, moved.backup_approver) == (
        "fac_2",
        None,
        None,
        None,
    )


def _moved(plan: Plan, *, today: date, **changes: Any) -> Plan:
    return follow_facility(plan, a_facility(**changes), today=today, new_id=new_ids(101))


def test_another_time_zone_moves_the_instants_of_coming_shifts_only() -> None:
    plan = _worked(a_plan(), MON)
    moved = _moved(plan, today=date(2026, 1, 7), time_zone="America/Denver")
    assert moved.shifts[:2] == plan.shifts[:2]
    assert [shift.shift_id for shift in moved.shifts] == [shift.shift_id for shift in plan.shifts]
    starts = [shift.expected.starts_at for shift in moved.shifts[2:] if shift.expected]
    assert starts == [shift.expected.starts_at + timedelta(hours=1) for shift in plan.shifts[2:] if shift.expected]
    assert moved.time_zone == "America/Denver"


def test_another_workweek_moves_the_days_that_the_facility_schedules() -> None:
    plan = a_plan(some_terms(shift_pattern=days_12(weekdays=())))
    moved = _moved(plan, today=TODAY, workweek_starts=Weekday.THU)
    kept, void, added = date(2026, 1, 5), date(2026, 1, 11), date(2026, 1, 8)
    assert [shift_on(moved, day).state for day in (kept, void, added)] == [
        ShiftState.PLANNED,
        ShiftState.VOID,
        ShiftState.PLANNED,
    ]
    assert len(days_in(moved, ShiftState.PLANNED)) == 39


def test_a_start_advanced_after_the_move_is_planned_whole() -> None:
    moved = _moved(a_plan(), today=TODAY, time_zone="America/Denver")
    earlier = adapted(moved, effective_on=date(2025, 12, 29), start_date=date(2025, 12, 29))
    assert days_in(earlier, ShiftState.PLANNED)[0] == date(2025, 12, 29)


@pytest.mark.parametrize(
    ("case", "plan", "changes"),
    [
        ("only its name", a_plan(), {"name": "Prairie Lake Medical Center", "orientation_days": 2}),
        ("a closed plan", close(a_plan(), an_end(State.FELL_OFF, MON)), {"time_zone": "America/Denver"}),
    ],
)
def test_nothing_else_of_a_facility_changes_a_plan(case: str, plan: Plan, changes: dict[str, Any]) -> None:
    assert _moved(plan, today=TODAY, **changes) == plan


@given(
    some.dates(date(2025, 12, 1), date(2026, 3, 1)),
    some.integers(0, 120),
    some.sampled_from([days_12(), nights_12(), days_12(weekdays=()), days_12(ends_at=time(15, 30))]),
    some.dates(date(2025, 12, 1), date(2026, 5, 1)),
)
def test_recorded_shifts_survive_every_change(start: date, days: int, pattern: object, effective_on: date) -> None:
    """INVARIANT: what was recorded of a shift is never changed by new terms, and no shift id is given twice.

    What breaks it: planning anew over a recorded shift, or a second shift planned beside it on its day.
    """
    plan, _ = record_missed(_worked(a_plan(), MON), TUE, reason=MissedReason.NO_SHOW)
    changes = {"start_date": start, "end_date": start + timedelta(days=days), "shift_pattern": pattern}
    after = adapted(plan, effective_on=effective_on, **changes)
    assert [shift_on(after, day) for day in (MON, TUE)] == [shift_on(plan, day) for day in (MON, TUE)]
    assert len({shift.shift_id for shift in after.shifts}) == len(after.shifts)
    assert {shift.shift_id for shift in plan.shifts} <= {shift.shift_id for shift in after.shifts}
    assert all(day in after.terms.period for day in days_in(after, ShiftState.PLANNED))


@pytest.mark.parametrize(
    ("case", "state", "ended_on", "planned", "void"),
    [
        ("fell off", State.FELL_OFF, date(2025, 12, 20), 0, 38),
        ("never appeared", State.NO_SHOW, date(2026, 1, 6), 0, 38),
        ("terminated in week two", State.TERMINATED, date(2026, 1, 13), 4, 34),
        ("completed", State.COMPLETED, date(2026, 4, 5), 38, 0),
    ],
)
def test_the_end_voids_what_cannot_be_worked_any_more(
    case: str, state: State, ended_on: date, planned: int, void: int
) -> None:
    plan = _worked(a_plan(), MON)
    over = close(plan, an_end(state, ended_on))
    assert (len(days_in(over, ShiftState.PLANNED)), len(days_in(over, ShiftState.VOID))) == (planned, void)
    assert {shift.void_because for shift in over.shifts} <= {None, state.value}
    assert shift_on(over, MON) == shift_on(plan, MON)


def test_after_the_end_nothing_is_planned_any_more() -> None:
    over = close(a_plan(), an_end(State.FELL_OFF, MON))
    assert close(over, an_end(State.COMPLETED, date(2026, 4, 5))) == over
    assert adapted(over, end_date=date(2026, 6, 1)) == over
    assert follow(over, State.ACTIVE) == over
    assert follow(a_plan(), State.CLEARED).assignment_state is State.CLEARED


GRANTED_AT, REVOKED_AT = utc("2026-01-02T15:00"), utc("2026-01-06T15:00")


def test_before_the_first_clearance_nothing_is_blocked_and_nothing_is_cleared() -> None:
    plan = a_plan()
    assert blocked_shifts(plan) == ()
    assert not is_cleared(plan, MON, starts_at=utc("2026-01-05T13:00"))


def test_shifts_after_the_last_day_of_clearance_are_blocked() -> None:
    plan = follow_clearance(a_plan(), a_grant(date(2026, 3, 31)), at=GRANTED_AT)
    assert [shift.work_date for shift in blocked_shifts(plan)] == [date(2026, 4, 1)]


def test_a_revoked_clearance_blocks_every_shift_that_begins_after_it_until_granted_anew() -> None:
    cleared = follow_clearance(a_plan(), a_grant(date(2026, 4, 30)), at=GRANTED_AT)
    lost = follow_clearance(cleared, a_revocation(), at=REVOKED_AT)
    assert [shift.work_date for shift in blocked_shifts(lost)][:2] == [date(2026, 1, 7), date(2026, 1, 12)]
    assert len(blocked_shifts(lost)) == 37
    again = follow_clearance(lost, a_grant(date(2026, 4, 30)), at=utc("2026-01-10T00:00"))
    assert [shift.work_date for shift in blocked_shifts(again)] == [date(2026, 1, 7)]
    assert [clearance.ended_because for clearance in again.clearances] == ["license_expired", None]


def test_a_shorter_clearance_replaces_a_longer_one() -> None:
    longer = follow_clearance(a_plan(), a_grant(date(2026, 4, 30)), at=GRANTED_AT)
    shorter = follow_clearance(longer, a_grant(date(2026, 3, 31)), at=REVOKED_AT)
    assert [shift.work_date for shift in blocked_shifts(shorter)] == [date(2026, 4, 1)]


def test_a_decision_that_overtook_another_counts_no_earlier_than_the_one_before_it() -> None:
    cleared = follow_clearance(a_plan(), a_grant(date(2026, 4, 30)), at=REVOKED_AT)
    lost = follow_clearance(cleared, a_revocation(), at=GRANTED_AT)
    (given,) = lost.clearances
    assert (given.granted_at, given.ended_at) == (REVOKED_AT, REVOKED_AT)
    again = follow_clearance(lost, a_grant(date(2026, 4, 30)), at=GRANTED_AT)
    assert again.clearances[-1].granted_at == REVOKED_AT


def test_revoking_what_was_never_granted_or_is_revoked_changes_nothing() -> None:
    assert follow_clearance(a_plan(), a_revocation(), at=REVOKED_AT) == a_plan()
    lost = follow_clearance(
        follow_clearance(a_plan(), a_grant(date(2026, 4, 30)), at=GRANTED_AT), a_revocation(), at=REVOKED_AT
    )
    assert follow_clearance(lost, a_revocation(), at=utc("2026-02-01T00:00")) == lost


@pytest.mark.parametrize(
    ("case", "day", "version"),
    [
        ("before the start, such as orientation", date(2025, 12, 30), 1),
        ("the day before the change", date(2026, 3, 1), 1),
        ("the day of the change", date(2026, 3, 2), 2),
        ("after a change known later but effective earlier", date(2026, 4, 6), 3),
    ],
)
def test_work_answers_the_terms_of_its_day(case: str, day: date, version: int) -> None:
    plan = adapted(a_plan(), effective_on=date(2026, 3, 2), unit="MS")
    longer = adapted(plan, effective_on=date(2026, 4, 6), end_date=date(2026, 5, 3))
    assert terms_version_on(longer, day) == version
