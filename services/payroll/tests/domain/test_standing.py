"""Where payroll stands, and what a preview says."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payroll.domain.commands import accept_package
from payroll.domain.preview import preview_change, preview_offer
from payroll.domain.profile import Profile, adapt, close
from payroll.domain.standing import standing
from services.payroll.tests.builders import (
    MONDAY_START,
    TODAY,
    a_profile,
    an_active_profile,
    an_end,
    codes,
    noon,
    receipts,
    some_facts,
    some_package,
    some_terms,
    terms_paying,
    with_all_pieces,
)
from shared.contracts.assignments import State
from shared.contracts.previews import PreviewRequest
from shared.contracts.terms import Bonus, BonusKind
from shared.contracts.workstreams import Status

DOUBTFUL = terms_paying(lodging_per_week=Decimal(900))
BROKEN = terms_paying(hourly_rates={"REG": Decimal("5.00"), "OT": Decimal("5.00")})


@pytest.mark.parametrize(
    ("case", "profile", "on", "status", "done", "total"),
    [
        ("just opened", a_profile(), TODAY, Status.OPEN, 1, 5),
        ("all there", with_all_pieces(a_profile()), TODAY, Status.READY, 5, 5),
        ("a doubt open", with_all_pieces(a_profile(DOUBTFUL)), TODAY, Status.OPEN, 4, 5),
        ("a broken package", with_all_pieces(a_profile(BROKEN)), TODAY, Status.BLOCKED, 4, 5),
        ("still missing on the start day", a_profile(), MONDAY_START, Status.OPEN, 1, 5),
        ("still missing the day after", a_profile(), MONDAY_START + timedelta(days=1), Status.AT_RISK, 1, 5),
        ("after the cut-off", a_profile(), date(2026, 2, 12), Status.AT_RISK, 1, 5),
        ("over", close(a_profile(), an_end(State.FELL_OFF)), TODAY, Status.CLOSED, 1, 5),
    ],
)
def test_the_status_says_how_far_it_is(
    case: str, profile: Profile, on: date, status: Status, done: int, total: int
) -> None:
    found = standing(profile, noon(on))
    assert (found.status, found.done, found.total) == (status, done, total)


def test_a_late_offer_is_at_risk_from_the_first_day() -> None:
    tomorrow = a_profile(some_terms(start_date=TODAY + timedelta(days=1)))
    assert standing(tomorrow, noon(TODAY)).status is Status.AT_RISK


def test_what_is_asked_during_the_assignment_is_late_once_the_next_cut_off_has_passed() -> None:
    profile = with_all_pieces(an_active_profile())
    dearer = replace(DOUBTFUL, version=2)
    asked = adapt(profile, dearer, work_state="AZ", effective_on=date(2026, 2, 22), today=date(2026, 2, 23))
    assert asked.due_at == noon(date(2026, 2, 25))
    assert standing(asked, asked.due_at).status is Status.OPEN
    assert standing(asked, asked.due_at + timedelta(seconds=1)).status is Status.AT_RISK


def test_an_open_profile_asks_the_clinician_and_gives_each_piece_a_task() -> None:
    found = standing(a_profile(held=receipts("w4")), noon(TODAY))
    assert [(o.code, o.owner, o.due, o.task_key) for o in found.obstacles] == [
        ("pay_method_missing", "clinician", date(2026, 2, 11), "collect:pay_method"),
        ("state_withholding_missing", "clinician", date(2026, 2, 11), "collect:state_withholding_az"),
        ("tax_home_declaration_missing", "clinician", date(2026, 2, 11), "collect:tax_home_declaration"),
    ]
    assert [task.key for task in found.tasks] == [obstacle.task_key for obstacle in found.obstacles]
    assert found.tasks[0].actions[0].path == "/v1/profiles/prf_1/pieces/pay_method:record"
    assert found.completed == {"collect:w4"}
    assert found.expected_ready_on == date(2026, 1, 15)


def test_a_week_of_pay_is_at_stake() -> None:
    """36 h x 24.00 + 1,120.00 = 1,984.00."""
    assert {task.money_at_stake_cents for task in standing(a_profile(), noon(TODAY)).tasks} == {198_400}


def test_a_doubt_is_payrolls_and_is_done_once_accepted() -> None:
    profile = with_all_pieces(a_profile(DOUBTFUL))
    found = standing(profile, noon(TODAY))
    assert [(o.code, o.owner, o.task_key) for o in found.obstacles] == [
        ("package_not_accepted", "payroll_specialist", "review:package")
    ]
    assert [action.path for task in found.tasks for action in task.actions] == ["/v1/profiles/prf_1:accept-package"]

    done = standing(
        accept_package(profile, "Locality rate is 191.", accepted_by="per_1", accepted_on=TODAY), noon(TODAY)
    )
    assert done.status is Status.READY
    assert "review:package" in done.completed
    assert (done.tasks, done.obstacles, done.expected_ready_on) == ((), (), None)


def test_a_broken_package_is_the_recruiters_and_no_day_is_promised() -> None:
    found = standing(with_all_pieces(a_profile(BROKEN)), noon(TODAY))
    assert [(o.code, o.owner, o.due) for o in found.obstacles] == [
        ("rate_below_minimum_wage", "recruiter", MONDAY_START),
        ("overtime_rate_too_low", "recruiter", MONDAY_START),
    ]
    assert (found.expected_ready_on, found.tasks) == (None, ())


def test_an_end_before_work_leaves_nothing_to_do() -> None:
    found = standing(close(a_profile(), an_end(State.FELL_OFF)), noon(TODAY))
    assert (found.obstacles, found.tasks, found.withdrawal) == ((), (), "assignment_fell_off")


def test_an_end_after_work_still_asks_for_what_final_pay_needs() -> None:
    found = standing(close(an_active_profile(), an_end(State.TERMINATED)), noon(TODAY))
    assert found.status is Status.CLOSED
    assert len(found.tasks) == 4
    assert found.obstacles == ()


@settings(max_examples=40)
@given(
    received=st.sets(st.sampled_from(["w4", "pay_method", "state_withholding_az"])),
    day=st.dates(date(2026, 1, 1), date(2026, 6, 1)),
    lodging=st.sampled_from([Decimal(700), Decimal(900)]),
)
def test_steps_tasks_and_obstacles_agree(received: set[str], day: date, lodging: Decimal) -> None:
    profile = a_profile(terms_paying(lodging_per_week=lodging), held=receipts(*received))
    found = standing(profile, noon(day))
    assert found.total - found.done == len(found.obstacles) == len(found.tasks)
    assert not found.completed & {task.key for task in found.tasks}
    assert found == standing(profile, noon(day))


def test_a_preview_says_the_first_pay_date_and_the_week_in_figures() -> None:
    package = some_package(bonuses=(Bonus(kind=BonusKind.COMPLETION, amount=Decimal(1500), due_on=date(2026, 5, 2)),))
    request = PreviewRequest(clinician_id="cln_1", terms=some_terms(pay_package=package))
    answer = preview_offer(request, some_facts(held=receipts("w4")), now=noon(TODAY))
    assert answer.service == "payroll"
    assert answer.findings == ()
    assert answer.expected_ready_on == date(2026, 1, 15)
    assert answer.effects == (
        "First pay date 2026-02-13; 13 pay periods",
        "Weekly pay 1,984.00 for 36 hours before overtime: 864.00 taxable, 1,120.00 untaxed stipends",
        "Bonus (completion) 1,500.00 paid on 2026-05-08",
        "Needed by 2026-02-11: pay_method, state_withholding_az, tax_home_declaration",
    )


def test_a_preview_finds_what_opening_would_find() -> None:
    answer = preview_offer(PreviewRequest(clinician_id="cln_1", terms=BROKEN), some_facts(), now=noon(TODAY))
    assert codes(answer.findings) == [(code, f"/terms{place}") for code, place in codes(a_profile(BROKEN).findings)]
    assert answer.expected_ready_on is None


def test_a_preview_of_a_change_says_what_moves() -> None:
    profile = with_all_pieces(a_profile())
    pushed = some_terms(start_date=date(2026, 2, 16))
    answer = preview_change(profile, pushed, work_state="AZ", now=noon(TODAY))
    assert answer.expected_ready_on == TODAY
    assert answer.effects[:3] == (
        "First pay date moves from 2026-02-13 to 2026-02-27",
        "Pay periods change from 13 to 11",
        "First pay date 2026-02-27; 11 pay periods",
    )
