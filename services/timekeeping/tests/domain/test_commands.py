from datetime import date, timedelta
from typing import Any

import pytest

from services.timekeeping.tests.builders import (
    LEE,
    ROSS,
    TODAY,
    a_day_worked,
    a_grant,
    a_plan,
    a_revocation,
    adapted,
    an_end,
    days_in,
    new_ids,
    shift_on,
    utc,
)
from shared.contracts.assignments import State
from shared.contracts.timekeeping import ShiftMissed, ShiftWorked
from shared.errors import Refused
from timekeeping.domain.changes import close
from timekeeping.domain.commands import name_approvers, record_missed, record_worked, register_clock
from timekeeping.domain.errors import (
    MealLongerThanShift,
    NoShiftExpected,
    PlanClosed,
    SameApprover,
    ShiftEndsBeforeItStarts,
    ShiftOverlaps,
    WorkDateDiffers,
)
from timekeeping.domain.plan import Plan, follow, follow_clearance
from timekeeping.domain.shift import MissedReason, Shift, ShiftState, Worked

MON, THU = date(2026, 1, 5), date(2026, 1, 8)
NO_SHOW = MissedReason.NO_SHOW


def _record(plan: Plan, day: date, worked: Worked | None = None) -> tuple[Plan, ShiftWorked]:
    return record_worked(plan, day, worked=worked or a_day_worked(day), new_id=new_ids(900))


_OVER = close(a_plan(), an_end(State.FELL_OFF, TODAY))


@pytest.mark.parametrize(
    ("case", "refusal", "command"),
    [
        ("one person twice", SameApprover, lambda: name_approvers(a_plan(), LEE, backup=LEE)),
        ("approvers after the end", PlanClosed, lambda: name_approvers(_OVER, LEE, backup=ROSS)),
        ("the clock after the end", PlanClosed, lambda: register_clock(_OVER, TODAY)),
        (
            "no time passed",
            ShiftEndsBeforeItStarts,
            lambda: _record(a_plan(), MON, a_day_worked(MON, ended_at=utc("2026-01-05T13:00"))),
        ),
        (
            "only a meal",
            MealLongerThanShift,
            lambda: _record(a_plan(), MON, a_day_worked(MON, unpaid_meal_minutes=751)),
        ),
        (
            "a negative meal",
            MealLongerThanShift,
            lambda: _record(a_plan(), MON, a_day_worked(MON, unpaid_meal_minutes=-1)),
        ),
        ("another day", WorkDateDiffers, lambda: _record(a_plan(), THU, a_day_worked(MON))),
        ("the same hours twice", ShiftOverlaps, lambda: _record(_record(a_plan(), MON)[0], MON)),
        ("missed on a free day", NoShiftExpected, lambda: record_missed(a_plan(), THU, reason=NO_SHOW)),
        (
            "missed though worked",
            NoShiftExpected,
            lambda: record_missed(_record(a_plan(), MON)[0], MON, reason=NO_SHOW),
        ),
        ("missed though void", NoShiftExpected, lambda: record_missed(_OVER, MON, reason=NO_SHOW)),
    ],
)
def test_what_the_rules_forbid_is_refused(case: str, refusal: type[Refused], command: Any) -> None:
    with pytest.raises(refusal):
        command()


def test_the_clock_is_registered_once() -> None:
    plan = register_clock(a_plan(), date(2025, 12, 10))
    assert plan.clock_registered_on == date(2025, 12, 10)
    assert register_clock(plan, date(2025, 12, 11)) == plan


def test_two_people_approve() -> None:
    plan = name_approvers(a_plan(), LEE, backup=ROSS)
    assert (plan.approver, plan.backup_approver) == (LEE, ROSS)


def test_a_planned_shift_is_worked() -> None:
    plan, event = _record(a_plan(), MON)
    assert event == ShiftWorked(
        shift_id="shf_1",
        assignment_id="asg_1",
        terms_version=1,
        work_date=MON,
        started_at=utc("2026-01-05T13:00"),
        ended_at=utc("2026-01-06T01:30"),
        worked_minutes=720,
    )
    shift = shift_on(plan, MON)
    assert (shift.state, shift.unscheduled, shift.uncleared) == (ShiftState.WORKED, False, True)
    assert plan.shifts[1:] == a_plan().shifts[1:]


def test_a_meal_that_nobody_recorded_is_not_deducted() -> None:
    """29 CFR 785.19 and DOL Fact Sheet 53: only a meal that was taken, free of duty, is not work."""
    _, event = _record(a_plan(), MON, a_day_worked(MON, unpaid_meal_minutes=0))
    assert event.worked_minutes == 750


def test_a_night_over_the_change_of_clocks_is_worked_as_long_as_it_lasted() -> None:
    night = Worked(started_at=utc("2026-03-08T01:00"), ended_at=utc("2026-03-08T12:30"), unpaid_meal_minutes=30)
    _, event = _record(a_plan(), date(2026, 3, 7), night)  # 19:00 CST to 07:30 CDT
    assert event.worked_minutes == 660


@pytest.mark.parametrize("state", list(State))
def test_a_punch_is_never_refused_because_of_the_state_of_the_assignment(state: State) -> None:
    """INVARIANT: hours worked are recorded in every state of the assignment, also after its end.

    What breaks it: asking for an open plan, a clearance or a planned shift before recording work.
    """
    over = close(a_plan(), an_end(state, TODAY))
    for plan in (follow(a_plan(), state), over):
        for day in (MON, THU, date(2025, 12, 30), date(2026, 5, 4)):
            assert _record(plan, day)[1].worked_minutes == 720


@pytest.mark.parametrize(
    ("case", "plan", "day", "shift_id", "unscheduled"),
    [
        ("planned", a_plan(), MON, "shf_1", False),
        ("a free day", a_plan(), THU, "shf_900", True),
        ("void after a pushed start", adapted(a_plan(), start_date=date(2026, 1, 19)), MON, "shf_1", True),
        ("said to be missed", record_missed(a_plan(), MON, reason=NO_SHOW)[0], MON, "shf_1", False),
    ],
)
def test_work_fills_the_shift_of_its_day_or_makes_one(
    case: str, plan: Plan, day: date, shift_id: str, unscheduled: bool
) -> None:
    after, event = _record(plan, day)
    shift = shift_on(after, day)
    assert event.shift_id == shift.shift_id == shift_id
    assert (shift.unscheduled, shift.missed_because, shift.void_because) == (unscheduled, None, None)


def test_a_second_stretch_on_one_day_is_a_shift_of_its_own() -> None:
    early = Worked(started_at=utc("2026-01-05T13:00"), ended_at=utc("2026-01-05T19:00"))
    late = Worked(started_at=utc("2026-01-05T19:00"), ended_at=utc("2026-01-06T01:00"))
    plan, _ = _record(_record(a_plan(), MON, early)[0], MON, late)
    found: list[Shift] = [shift for shift in plan.shifts if shift.work_date == MON]
    assert [(shift.shift_id, shift.unscheduled) for shift in found] == [("shf_1", False), ("shf_900", True)]
    assert [shift.work_date for shift in plan.shifts] == sorted(shift.work_date for shift in plan.shifts)


@pytest.mark.parametrize(
    ("case", "granted_at", "valid_through", "uncleared"),
    [
        ("cleared before", "2026-01-02T15:00", "2026-04-30", False),
        ("cleared at noon of the day", "2026-01-05T18:00", "2026-04-30", True),
        ("last day of clearance", "2026-01-02T15:00", "2026-01-05", False),
        ("clearance ended the day before", "2026-01-02T15:00", "2026-01-04", True),
    ],
)
def test_work_without_clearance_is_marked(case: str, granted_at: str, valid_through: str, uncleared: bool) -> None:
    grant = a_grant(date.fromisoformat(valid_through))
    plan, _ = _record(follow_clearance(a_plan(), grant, at=utc(granted_at)), MON)
    assert shift_on(plan, MON).uncleared is uncleared


def test_a_decision_that_arrives_late_judges_the_shifts_worked_in_between() -> None:
    plan = follow_clearance(a_plan(), a_grant(date(2026, 4, 30)), at=utc("2026-01-02T15:00"))
    for day in (MON, MON + timedelta(days=1)):
        plan, _ = _record(plan, day)
    plan = follow_clearance(plan, a_revocation(), at=utc("2026-01-05T20:00"))
    assert [shift_on(plan, MON + timedelta(days=after)).uncleared for after in (0, 1)] == [False, True]


def test_a_missed_shift_says_why() -> None:
    plan, event = record_missed(a_plan(), MON, reason=MissedReason.FACILITY_CANCELLED)
    assert event == ShiftMissed(
        shift_id="shf_1",
        assignment_id="asg_1",
        terms_version=1,
        work_date=MON,
        reason="facility_cancelled",
    )
    assert days_in(plan, ShiftState.MISSED) == [MON]
    assert days_in(plan, ShiftState.PLANNED)[0] == MON + timedelta(days=1)


def test_what_is_said_of_a_shift_is_counted() -> None:
    plan = _record(record_missed(a_plan(), MON, reason=NO_SHOW)[0], MON)[0]
    assert [plan.shift(f"shf_{number}").events_said for number in (1, 2)] == [2, 0]


def test_work_is_reported_under_the_terms_of_its_day() -> None:
    plan = adapted(a_plan(), effective_on=date(2026, 1, 6), specialty="TELE")
    assert [_record(plan, day)[1].terms_version for day in (MON, date(2026, 1, 6))] == [1, 2]
