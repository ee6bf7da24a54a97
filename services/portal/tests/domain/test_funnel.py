"""Where an assignment stands, and how stages count it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.funnel import (
    PAY_DUE_AFTER_DAYS,
    Course,
    Outcome,
    Result,
    Stage,
    Standing,
    of_step_before,
    outcome_of,
    outcomes_of,
    standings,
)

TODAY = date(2026, 2, 2)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def a_course(**overrides):
    return Course(**{"is_cleared": True, "is_over": False, "promised_on": TODAY, **overrides})


@pytest.mark.parametrize(
    ("case", "course", "outcome"),
    [
        ("promised for tomorrow", a_course(is_cleared=False, promised_on=TOMORROW), "clearing"),
        ("promised for today, which is not over", a_course(is_cleared=False), "clearing"),
        ("promised for yesterday", a_course(is_cleared=False, promised_on=YESTERDAY), "clearing_late"),
        ("cleared, promised for today", a_course(), "start_pending"),
        ("cleared, promised for yesterday", a_course(promised_on=YESTERDAY), "start_missed"),
        (
            "declined with the start ahead",
            a_course(is_cleared=False, is_over=True, promised_on=TOMORROW),
            "lost_uncleared",
        ),
        ("a no-show", a_course(is_over=True, promised_on=YESTERDAY), "lost_cleared"),
        ("started a day before", a_course(started_on=YESTERDAY), "pay_pending"),
        ("started on the promised day", a_course(started_on=TODAY), "pay_pending"),
        ("started a day after", a_course(promised_on=YESTERDAY, started_on=TODAY), "started_late"),
        (
            "started late and paid right",
            a_course(promised_on=YESTERDAY, started_on=TODAY, is_paid_right=True),
            "started_late",
        ),
        ("works without clearance", a_course(is_cleared=False, started_on=TODAY), "started_uncleared"),
        ("first pay right", a_course(started_on=TODAY, is_paid_right=True), "paid_right"),
        ("first pay corrected", a_course(started_on=TODAY, is_paid_right=False), "pay_corrected"),
        ("completed and paid right", a_course(started_on=TODAY, is_over=True, is_paid_right=True), "paid_right"),
    ],
)
def test_an_assignment_stands_at_one_outcome(case, course, outcome):
    assert outcome_of(course, today=TODAY) == outcome


@pytest.mark.parametrize(
    ("days_since_start", "outcome"),
    [
        (PAY_DUE_AFTER_DAYS - 1, "pay_pending"),
        (PAY_DUE_AFTER_DAYS, "pay_pending"),
        (PAY_DUE_AFTER_DAYS + 1, "pay_missing"),
    ],
)
def test_a_first_pay_is_missing_only_after_the_last_day_it_may_come(days_since_start, outcome):
    start = TODAY - timedelta(days=days_since_start)
    assert outcome_of(a_course(promised_on=start, started_on=start), today=TODAY) == outcome


@pytest.mark.parametrize("stage", Stage)
def test_the_results_of_a_stage_share_out_all_outcomes(stage):
    results = [outcomes_of(stage, result) for result in Result]
    assert sum(len(each) for each in results) == len(Outcome)
    assert frozenset().union(*results) == frozenset(Outcome)


def test_each_stage_is_reached_only_by_those_who_reached_the_one_before():
    passed = [outcomes_of(stage, Result.PASSED) for stage in Stage]
    assert all(later < earlier for earlier, later in zip(passed, passed[1:], strict=False))


COUNTS = {
    Outcome.PAID_RIGHT: 60,
    Outcome.PAY_CORRECTED: 5,
    Outcome.PAY_PENDING: 10,
    Outcome.STARTED_LATE: 8,
    Outcome.START_PENDING: 7,
    Outcome.LOST_CLEARED: 2,
    Outcome.CLEARING: 4,
    Outcome.LOST_UNCLEARED: 4,
}
"""One hundred accepted offers."""


def test_the_figures_of_the_stages_add_up():
    assert standings(COUNTS) == (
        Standing(stage=Stage.ACCEPTED, passed=100, pending=0, failed=0),
        Standing(stage=Stage.CLEARED, passed=92, pending=4, failed=4),  # 60+5+10+8+7+2; 4; 4
        Standing(stage=Stage.STARTED, passed=75, pending=11, failed=14),  # 60+5+10; 7+4; 8+2+4
        Standing(stage=Stage.PAID, passed=60, pending=21, failed=19),  # 60; 10+7+4; 5+8+2+4
    )


def test_a_share_leaves_out_what_is_not_due_yet():
    shares = [each.percent for each in standings(COUNTS)]
    assert shares == [100, 96, 84, 76]  # 92/96 = 95.8; 75/89 = 84.3; 60/79 = 75.9
    assert of_step_before(Stage.PAID, COUNTS).percent == 92  # 60 of 65 whose first pay is decided: 92.3
    assert of_step_before(Stage.STARTED, COUNTS).percent == 88  # 75 of 85: 88.2


def test_nothing_decided_has_no_share():
    assert standings({Outcome.CLEARING: 3})[1].percent is None


days = st.dates(min_value=date(2025, 12, 1), max_value=date(2026, 4, 1))


@given(
    is_cleared=st.booleans(),
    is_over=st.booleans(),
    promised_on=days,
    started_on=st.none() | days,
    is_paid_right=st.none() | st.booleans(),
)
def test_what_is_not_due_yet_never_fails_at_a_start(**facts):
    course = Course(**facts)
    outcome = outcome_of(course, today=TODAY)
    if course.promised_on >= TODAY and course.started_on is None and not course.is_over:
        assert outcome in outcomes_of(Stage.STARTED, Result.PENDING)
    if course.is_over and course.started_on is None:
        assert outcome in outcomes_of(Stage.STARTED, Result.FAILED)
