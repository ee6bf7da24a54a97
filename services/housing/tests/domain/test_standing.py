from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from housing.domain.case import Case
from housing.domain.changes import close
from housing.domain.commands import check_out, confirm_own_housing, record_agreement, record_liability
from housing.domain.preview import preview
from housing.domain.standing import standing
from services.housing.tests.builders import (
    NOON,
    TODAY,
    a_booked_case,
    a_case,
    a_facility,
    a_held_case,
    adapted,
    an_end,
    some_pay,
    some_terms,
    stipend_terms,
)
from shared.contracts.assignments import State
from shared.contracts.terms import HousingMode
from shared.contracts.workstreams import Status
from shared.money import Money


def _signed_and_housed() -> Case:
    return confirm_own_housing(record_agreement(a_case(stipend_terms()), 1), "55802", today=TODAY)


def _beside_unit() -> Case:
    return a_booked_case(some_terms(pay_package=some_pay(lodging_per_week=Decimal(100))))


@pytest.mark.parametrize(
    ("case", "given", "status", "done", "tasks", "obstacles"),
    [
        ("not needed", a_case(some_terms(housing_mode=HousingMode.NOT_NEEDED)), Status.READY, (0, 0), [], []),
        (
            "stipend opened",
            a_case(stipend_terms()),
            Status.OPEN,
            (0, 2),
            ["record_agreement", "confirm_own_housing"],
            ["stipend_agreed_missing", "own_housing_missing"],
        ),
        ("stipend ready", _signed_and_housed(), Status.READY, (2, 2), [], []),
        (
            "stipend of nothing",
            a_case(some_terms(housing_mode=HousingMode.STIPEND)),
            Status.BLOCKED,
            (0, 2),
            ["record_agreement", "confirm_own_housing"],
            ["stipend_amount_missing", "stipend_agreed_missing", "own_housing_missing"],
        ),
        (
            "unit opened",
            a_case(),
            Status.OPEN,
            (0, 2),
            ["choose_unit", "record_agreement"],
            ["unit_chosen_missing", "unit_booked_missing", "not_confirmed", "agreement_not_signed"],
        ),
        ("unit held", a_held_case(), Status.OPEN, (1, 2), ["book_unit"], ["unit_booked_missing"]),
        (
            "unit held, unconfirmed",
            a_held_case(assignment_state=State.ACCEPTED),
            Status.OPEN,
            (1, 2),
            [],
            ["unit_booked_missing", "not_confirmed"],
        ),
        ("unit booked", a_booked_case(), Status.READY, (2, 2), [], []),
        ("stipend beside the unit", _beside_unit(), Status.BLOCKED, (2, 2), [], ["stipend_beside_unit"]),
        (
            "unit extended",
            adapted(a_booked_case(), end_date=date(2026, 5, 3)),
            Status.OPEN,
            (0, 2),
            ["choose_unit"],
            ["unit_chosen_missing", "unit_booked_missing"],
        ),
        (
            "own housing for too few nights",
            adapted(_signed_and_housed(), end_date=date(2026, 5, 3)),
            Status.OPEN,
            (1, 2),
            ["confirm_own_housing"],
            ["own_housing_missing"],
        ),
        (
            "own housing for more nights than needed",
            adapted(_signed_and_housed(), end_date=date(2026, 3, 1)),
            Status.READY,
            (2, 2),
            [],
            [],
        ),
    ],
)
def test_where_housing_stands(
    case: str, given: Case, status: Status, done: tuple[int, int], tasks: list[str], obstacles: list[str]
) -> None:
    stands = standing(given, NOON)
    assert (stands.status, (stands.done, stands.total)) == (status, done)
    assert [task.key for task in stands.tasks] == tasks
    assert [obstacle.code for obstacle in stands.obstacles] == obstacles
    assert {obstacle.task_key for obstacle in stands.obstacles} <= {*tasks, None}
    assert stands.completed.isdisjoint(tasks)


def test_a_task_names_its_command_and_its_end_of_day_at_the_facility() -> None:
    [choose, _] = standing(a_case(), NOON).tasks
    assert choose.actions[0].path == "/v1/cases/cas_1:choose-unit"
    assert choose.due_at == datetime(2025, 12, 22, 6, tzinfo=UTC)  # end of 21 Dec (14 days before) in Chicago


@pytest.mark.parametrize(
    ("case", "days_later", "expected", "status"),
    [  # choose 4 days, then book 2: planned for 7 Dec, counted from 1 Dec
        ("on the first day", 0, date(2025, 12, 7), Status.OPEN),
        ("while in time", 4, date(2025, 12, 7), Status.OPEN),
        ("ten days late", 14, date(2025, 12, 17), Status.OPEN),
        ("after the due day", 21, date(2025, 12, 24), Status.AT_RISK),
        ("after the first night is lost", 33, date(2026, 1, 5), Status.AT_RISK),
    ],
)
def test_the_forecast_slips_with_the_delay(case: str, days_later: int, expected: date, status: Status) -> None:
    stands = standing(a_case(), NOON + timedelta(days=days_later))
    assert (stands.expected_ready_on, stands.status) == (expected, status)


def test_an_offer_accepted_too_late_for_its_first_night_is_at_risk_at_once() -> None:
    late = a_case(today=date(2026, 1, 2))
    stands = standing(late, datetime(2026, 1, 2, 18, tzinfo=UTC))
    assert (stands.status, stands.expected_ready_on) == (Status.AT_RISK, date(2026, 1, 8))
    assert {obstacle.due for obstacle in stands.obstacles} == {date(2026, 1, 2)}


def test_after_a_fall_off_only_the_liability_is_left_to_check() -> None:
    over = close(a_booked_case(), an_end(State.FELL_OFF, date(2025, 12, 20)))
    stands = standing(over, NOON)
    assert (stands.status, stands.obstacles, stands.withdrawal) == (Status.CLOSED, (), "assignment_ended")
    assert [(task.key, task.money_at_stake_cents) for task in stands.tasks] == [("check_liability:1", 552000)]
    assert stands.tasks[0].actions[0].path == "/v1/cases/cas_1/releases/1:record-liability"
    checked = standing(record_liability(over, 1, owed=Money(0)), NOON)
    assert (checked.tasks, "check_liability:1" in checked.completed) == ((), True)


def test_after_completion_the_clinician_is_to_be_checked_out() -> None:
    over = close(a_booked_case(assignment_state=State.ACTIVE), an_end(State.COMPLETED, date(2026, 4, 5)))
    stands = standing(over, NOON)
    assert (stands.status, [task.key for task in stands.tasks]) == (Status.CLOSED, ["check_out"])
    gone = standing(check_out(over, date(2026, 4, 6)), NOON)
    assert (gone.tasks, "check_out" in gone.completed) == ((), True)


@pytest.mark.parametrize(
    ("case", "terms", "known", "findings", "effects"),
    [
        (
            "a new stipend",
            stipend_terms(),
            None,
            [],
            [
                "92 nights from 2026-01-04 to 2026-04-06",
                "the agency bears 770.00 a week from 2026-01-05 through 2026-04-05: not wages",
            ],
        ),
        (
            "a new unit",
            some_terms(),
            None,
            [],
            [
                "92 nights from 2026-01-04 to 2026-04-06",
                "a unit is to be chosen for these nights by 2025-12-21",
            ],
        ),
        (
            "an extension",
            some_terms(end_date=date(2026, 5, 3)),
            a_booked_case(),
            [],
            [
                "120 nights from 2026-01-04 to 2026-05-04 instead of 92 nights from 2026-01-04 to 2026-04-06",
                "the agency bears 420.00 a week from 2026-01-04 through 2026-04-05: not wages",
                "unit Harbor View 7 is to be chosen for these nights by 2026-03-23",
            ],
        ),
        (
            "no more housing",
            some_terms(housing_mode=HousingMode.NOT_NEEDED),
            a_booked_case(),
            [],
            ["no housing needed", "unit Harbor View 7 is given up; at most 5520.00 stays owed"],
        ),
        (
            "a stipend of nothing",
            some_terms(housing_mode=HousingMode.STIPEND),
            None,
            ["stipend_amount_missing"],
            ["92 nights from 2026-01-04 to 2026-04-06"],
        ),
    ],
)
def test_a_preview_says_what_terms_would_mean(
    case: str, terms: Any, known: Case | None, findings: list[str], effects: list[str]
) -> None:
    said = preview(terms, facility=a_facility(), today=TODAY, case=known)
    assert [finding.code for finding in said.findings] == findings
    assert list(said.effects) == effects
    assert said.service == "housing"
    assert said.expected_ready_on is not None


@pytest.mark.parametrize(
    ("case", "last_day", "due"),
    [  # a unit is due 14 days before the first night without a bed
        ("extended: before the present booking ends", date(2026, 5, 3), date(2026, 3, 23)),
        ("ended early: before the surplus nights begin", date(2026, 3, 1), date(2026, 2, 16)),
    ],
)
def test_a_booked_unit_is_to_be_chosen_again_before_the_nights_that_differ(
    case: str, last_day: date, due: date
) -> None:
    stands = standing(adapted(a_booked_case(), end_date=last_day), NOON)
    assert stands.obstacles[0].due == due
