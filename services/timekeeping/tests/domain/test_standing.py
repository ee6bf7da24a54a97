from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from services.timekeeping.tests.builders import (
    LEE,
    NOON,
    ROSS,
    TODAY,
    a_facility,
    a_plan,
    a_ready_plan,
    adapted,
    an_end,
    days_12,
    nights_12,
    some_terms,
)
from shared.contracts.assignments import State
from shared.contracts.terms import Terms
from shared.contracts.workstreams import Status
from timekeeping.domain.changes import close
from timekeeping.domain.errors import NoTimekeepingRuleInForce
from timekeeping.domain.plan import Plan
from timekeeping.domain.preview import preview
from timekeeping.domain.rulebook.steps import StepName, effort
from timekeeping.domain.standing import standing

NO_DAY_FITS = some_terms(start_date=date(2026, 1, 8), end_date=date(2026, 1, 10))


@pytest.mark.parametrize(
    ("case", "plan", "status", "done", "tasks"),
    [
        ("opened", a_plan(), Status.OPEN, 1, ["register_clock", "name_approvers"]),
        ("clock registered", a_plan(clock_registered_on=TODAY), Status.OPEN, 2, ["name_approvers"]),
        ("approvers named", a_plan(approver=LEE, backup_approver=ROSS), Status.OPEN, 2, ["register_clock"]),
        ("no backup", a_ready_plan(backup_approver=None), Status.OPEN, 2, ["name_approvers"]),
        ("ready", a_ready_plan(), Status.READY, 3, []),
        ("extended", adapted(a_ready_plan(), end_date=date(2026, 5, 3)), Status.READY, 3, []),
        ("no day fits", a_plan(NO_DAY_FITS), Status.BLOCKED, 0, ["register_clock", "name_approvers"]),
        ("fell off", close(a_plan(), an_end(State.FELL_OFF, TODAY)), Status.CLOSED, 0, []),
        ("completed", close(a_ready_plan(), an_end(State.COMPLETED, date(2026, 4, 5))), Status.CLOSED, 3, []),
    ],
)
def test_where_timekeeping_stands(case: str, plan: Plan, status: Status, done: int, tasks: list[str]) -> None:
    stands = standing(plan, NOON)
    assert (stands.status, stands.done, stands.total) == (status, done, 3)
    assert [task.key for task in stands.tasks] == tasks
    assert stands.completed.isdisjoint(tasks)
    assert stands.terms_version == plan.terms.version


def test_each_obstacle_says_whose_move_it_is() -> None:
    stands = standing(a_plan(NO_DAY_FITS), NOON)
    assert [(obstacle.code, obstacle.owner, obstacle.task_key) for obstacle in stands.obstacles] == [
        ("shifts_planned_missing", "recruiter", None),
        ("clock_registered_missing", "timekeeping_specialist", "register_clock"),
        ("approvers_named_missing", "timekeeping_specialist", "name_approvers"),
    ]


def test_a_task_names_its_command_and_its_end_of_day_at_the_facility() -> None:
    [register, _] = standing(a_plan(), NOON).tasks
    assert register.actions[0].path == "/v1/plans/pln_1:register-clock"
    assert register.due_at == datetime(2026, 1, 3, 6, tzinfo=UTC)  # end of 2 Jan (3 days before) in Chicago


@pytest.mark.parametrize(
    ("case", "days_later", "expected", "status"),
    [  # the clock takes 5 days from 1 Dec
        ("on the first day", 0, date(2025, 12, 6), Status.OPEN),
        ("ten days late", 15, date(2025, 12, 16), Status.OPEN),
        ("after the due day", 33, date(2026, 1, 3), Status.AT_RISK),
        ("after the start", 40, date(2026, 1, 10), Status.AT_RISK),
    ],
)
def test_the_forecast_slips_with_the_delay(case: str, days_later: int, expected: date, status: Status) -> None:
    stands = standing(a_plan(), NOON + timedelta(days=days_later))
    assert (stands.expected_ready_on, stands.status) == (expected, status)


def test_an_offer_accepted_just_before_its_start_is_at_risk_at_once() -> None:
    stands = standing(a_plan(today=date(2026, 1, 3)), datetime(2026, 1, 3, 18, tzinfo=UTC))
    assert (stands.status, stands.expected_ready_on) == (Status.AT_RISK, date(2026, 1, 8))


def test_a_day_before_the_rulebook_is_named() -> None:
    with pytest.raises(NoTimekeepingRuleInForce, match="steps is in force on 1999-12-31"):
        effort(StepName.CLOCK_REGISTERED, date(1999, 12, 31))


USUAL = "39 shifts, 468.00 planned hours; guaranteed 36.00 of 36.00 a week"


@pytest.mark.parametrize(
    ("case", "terms", "facility", "plan", "effects"),
    [
        ("agreed days", some_terms(), {}, None, [USUAL]),
        (
            "days untold, with orientation",
            some_terms(shift_pattern=days_12(weekdays=())),
            {"orientation_days": 2},
            None,
            [
                USUAL,
                "the days are provisional until the facility schedules them",
                "the first 2 shifts are orientation",
            ],
        ),
        (
            "nights over the change of clocks",
            some_terms(shift_pattern=nights_12(), guaranteed_hours_per_week=Decimal("30.5")),
            {},
            None,
            [
                "39 shifts, 467.00 planned hours; guaranteed 30.50 of 36.00 a week",
                "11.00 hours on 2026-03-07: clocks change during the shift",
            ],
        ),
        (
            "a pushed start",
            some_terms(start_date=date(2026, 1, 19), end_date=date(2026, 4, 19)),
            {},
            a_plan(),
            [USUAL, "against the present plan: 6 added, 6 void, 0 changed"],
        ),
        (
            "another unit",
            some_terms(unit="MS"),
            {},
            a_plan(),
            [USUAL, "against the present plan: 0 added, 0 void, 39 changed"],
        ),
    ],
)
def test_a_preview_says_what_terms_would_mean(
    case: str, terms: Terms, facility: dict[str, Any], plan: Plan | None, effects: list[str]
) -> None:
    said = preview(terms, facility=a_facility(**facility), today=TODAY, plan=plan)
    assert list(said.effects) == effects
    assert (said.service, said.findings, said.expected_ready_on) == ("timekeeping", (), date(2025, 12, 6))


def test_a_preview_finds_terms_without_a_shift() -> None:
    said = preview(NO_DAY_FITS, facility=a_facility(), today=TODAY)
    assert [(finding.pointer, finding.code) for finding in said.findings] == [
        ("/terms/shift_pattern", "week_without_shift")
    ]
