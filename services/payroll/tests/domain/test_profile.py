"""Opening, adapting, following and closing a profile, and the two commands."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from payroll.domain.commands import accept_package, record_piece
from payroll.domain.errors import (
    AcceptanceNoteMissing,
    NothingToAccept,
    PackageBlocked,
    PieceAlreadyReceived,
    PieceNotNeeded,
    PieceReceivedInFuture,
    ProfileClosed,
)
from payroll.domain.onboarding import PieceStatus
from payroll.domain.profile import Profile, adapt, close, follow, relocate, reuse
from services.payroll.tests.builders import (
    MONDAY_START,
    SATURDAY_END,
    TODAY,
    a_profile,
    an_active_profile,
    an_end,
    codes,
    receipts,
    some_package,
    some_terms,
    terms_paying,
    with_all_pieces,
)
from shared.contracts.assignments import State
from shared.contracts.terms import Bonus, BonusKind, HousingMode, Terms
from shared.errors import Refused

DOUBTFUL = terms_paying(lodging_per_week=Decimal(900))
BROKEN = terms_paying(hourly_rates={"REG": Decimal("5.00")})


def keys(profile: Profile) -> list[str]:
    return [needed.key for needed in profile.needed]


def changed(profile: Profile, *, work_state: str = "AZ", effective_on: date | None = None, **terms: Any) -> Profile:
    """The profile under version 2 of its terms."""
    new = replace(profile.terms, version=2, **terms)
    return adapt(
        profile, new, work_state=work_state, effective_on=effective_on or new.start_date, today=date(2026, 1, 20)
    )


def accepted(profile: Profile) -> Profile:
    return accept_package(profile, "Locality rate is 191.", accepted_by="per_1", accepted_on=TODAY)


# ── Opening ──


@pytest.mark.parametrize(
    ("case", "terms", "state", "expected"),
    [
        (
            "income tax and stipends",
            some_terms(),
            "AZ",
            ["w4", "pay_method", "state_withholding_az", "tax_home_declaration"],
        ),
        ("no income tax", some_terms(), "TX", ["w4", "pay_method", "tax_home_declaration"]),
        ("stipends are wages", terms_paying(tax_home_declared=False), "TX", ["w4", "pay_method"]),
        (
            "a local without stipends",
            some_terms(
                housing_mode=HousingMode.NOT_NEEDED,
                pay_package=some_package(lodging_per_week=Decimal(0), meals_per_week=Decimal(0)),
            ),
            "TX",
            ["w4", "pay_method"],
        ),
        (
            "an untaxed unit",
            some_terms(
                housing_mode=HousingMode.AGENCY_UNIT,
                pay_package=some_package(lodging_per_week=Decimal(0), meals_per_week=Decimal(0)),
            ),
            "TX",
            ["w4", "pay_method", "tax_home_declaration"],
        ),
    ],
)
def test_an_assignment_needs_these_pieces(case: str, terms: Terms, state: str, expected: list[str]) -> None:
    assert keys(a_profile(terms, work_state=state)) == expected


def test_pieces_of_an_earlier_assignment_are_reused_except_the_tax_home() -> None:
    profile = a_profile(held=receipts("w4", "pay_method", "state_withholding_ca", "tax_home_declaration"))
    assert [(line.key, line.status, line.received_on, line.reused) for line in profile.pieces] == [
        ("w4", PieceStatus.RECEIVED, date(2025, 3, 3), True),
        ("pay_method", PieceStatus.RECEIVED, date(2025, 3, 3), True),
        ("state_withholding_az", PieceStatus.MISSING, None, False),
        ("tax_home_declaration", PieceStatus.MISSING, None, False),
    ]


def test_everything_is_due_before_the_first_pay_runs_cut_off() -> None:
    assert {line.due_at for line in a_profile().pieces} == {datetime(2026, 2, 11, 17, tzinfo=UTC)}


def test_the_offer_gives_the_profile_its_parties_and_state() -> None:
    profile = a_profile()
    assert (profile.profile_id, profile.assignment_id, profile.clinician_id, profile.client_id, profile.version) == (
        "prf_1",
        "asg_1",
        "cln_1",
        "cli_1",
        0,
    )
    assert profile.assignment_state is State.ACCEPTED


# ── Adapting ──


@pytest.mark.parametrize("version", [0, 1])
def test_older_or_equal_terms_change_nothing(version: int) -> None:
    profile = a_profile()
    late = replace(profile.terms, version=version, start_date=date(2026, 3, 2))
    assert adapt(profile, late, work_state="CA", effective_on=date(2026, 3, 2), today=TODAY) is profile


def test_a_start_pushed_by_two_weeks_moves_pay_and_bonuses_and_keeps_what_came() -> None:
    completion = Bonus(kind=BonusKind.COMPLETION, amount=Decimal(500), due_on=SATURDAY_END)
    sign_on = Bonus(kind=BonusKind.SIGN_ON, amount=Decimal(300), due_on=MONDAY_START)
    profile = with_all_pieces(a_profile(terms_paying(bonuses=(sign_on, completion))))
    assert [bonus.pay_date for bonus in profile.bonuses] == [date(2026, 2, 13), date(2026, 5, 8)]

    pushed = changed(profile, start_date=date(2026, 2, 16), end_date=date(2026, 5, 16))

    assert pushed.first_pay_date == date(2026, 2, 27)
    assert len(pushed.pay_periods) == 13
    assert [bonus.pay_date for bonus in pushed.bonuses] == [date(2026, 2, 27), date(2026, 5, 22)]
    assert pushed.missing == ()
    assert pushed.due_at == datetime(2026, 2, 25, 17, tzinfo=UTC)
    assert codes(pushed.findings) == [("completion_bonus_before_end", "/pay_package/bonuses/1/due_on")]


def test_a_bonus_nobody_dated_has_no_pay_date_but_completion_is_paid_last() -> None:
    bonuses = tuple(Bonus(kind=kind, amount=Decimal(500)) for kind in (BonusKind.SIGN_ON, BonusKind.COMPLETION))
    assert [bonus.pay_date for bonus in a_profile(terms_paying(bonuses=bonuses)).bonuses] == [None, date(2026, 5, 8)]


@pytest.mark.parametrize(
    ("case", "effective_on", "doubts"),
    [
        ("in fiscal year 2026: 770.00 a week", date(2026, 9, 28), ["check_per_diem_of_locality"]),
        ("in fiscal year 2027: 791.00 a week", date(2026, 10, 1), []),
        ("before the start counts from the start", date(2026, 1, 1), ["check_per_diem_of_locality"]),
    ],
)
def test_a_change_is_judged_from_the_day_it_takes_effect(case: str, effective_on: date, doubts: list[str]) -> None:
    profile = a_profile(some_terms(start_date=date(2026, 8, 3), end_date=date(2026, 10, 31)))
    dearer = changed(profile, effective_on=effective_on, pay_package=some_package(lodging_per_week=Decimal(780)))
    assert [finding.code for finding in dearer.findings] == doubts


def test_a_repaired_package_is_no_longer_blocked() -> None:
    assert changed(a_profile(BROKEN), pay_package=some_package()).findings == ()


def test_another_work_state_asks_for_its_form_and_keeps_the_old_one_for_the_way_back() -> None:
    profile = with_all_pieces(a_profile())
    moved = changed(profile, work_state="CA")
    assert [needed.key for needed in moved.missing] == ["state_withholding_ca"]
    assert moved.asked_on == date(2026, 1, 20)
    back = adapt(
        moved, replace(moved.terms, version=3), work_state="AZ", effective_on=MONDAY_START, today=date(2026, 1, 21)
    )
    assert (back.missing, back.asked_on) == ((), date(2026, 1, 20))


def test_a_facility_that_lies_elsewhere_is_judged_by_that_states_rules_from_the_same_day() -> None:
    profile = accepted(with_all_pieces(a_profile(DOUBTFUL)))
    dearer = changed(
        profile, effective_on=date(2026, 3, 2), pay_package=some_package(hourly_rates={"REG": Decimal(16)})
    )
    moved = relocate(dearer, "CA", today=date(2026, 2, 20))
    assert codes(moved.blocking) == [("rate_below_minimum_wage", "/pay_package/hourly_rates/REG")]
    assert (moved.work_state, moved.judged_from, moved.asked_on) == ("CA", date(2026, 3, 2), date(2026, 2, 20))
    assert moved.acceptances == ()
    assert relocate(moved, "CA", today=date(2026, 2, 21)) is moved


def test_a_piece_given_for_another_assignment_serves_here_except_the_tax_home() -> None:
    profile = record_piece(a_profile(), "w4", received_on=TODAY, today=TODAY)
    served = reuse(profile, receipts("w4", "pay_method", "tax_home_declaration"))
    assert [(line.key, line.received_on, line.reused) for line in served.pieces if line.received_on] == [
        ("w4", TODAY, False),
        ("pay_method", date(2025, 3, 3), True),
    ]


@pytest.mark.parametrize(
    ("case", "profile", "missing"),
    [
        ("fell off", close(a_profile(), an_end(State.FELL_OFF)), 4),
        ("final pay waits for it", close(an_active_profile(), an_end(State.TERMINATED)), 3),
        ("final pay waits for nothing", close(with_all_pieces(an_active_profile()), an_end(State.COMPLETED)), 0),
    ],
)
def test_after_the_end_a_piece_serves_only_final_pay(case: str, profile: Profile, missing: int) -> None:
    served = reuse(profile, receipts("pay_method", "state_withholding_ca"))
    assert (len(served.missing), served == profile) == (missing, missing != 3)


def test_an_acceptance_lasts_while_the_money_is_the_same() -> None:
    profile = accepted(a_profile(DOUBTFUL))
    assert profile.to_accept == ()
    assert changed(profile, start_date=date(2026, 2, 9)).to_accept == ()

    dearer = changed(profile, pay_package=some_package(lodging_per_week=Decimal(1900)))

    assert codes(dearer.to_accept) == [("check_per_diem_of_locality", "/pay_package/lodging_per_week")]
    assert dearer.asked_on == date(2026, 1, 20)


def test_a_question_asked_during_the_assignment_is_due_at_the_next_cut_off() -> None:
    profile = with_all_pieces(an_active_profile())
    dearer = replace(profile.terms, version=2, pay_package=some_package(lodging_per_week=Decimal(900)))
    asked = adapt(profile, dearer, work_state="AZ", effective_on=date(2026, 3, 8), today=date(2026, 3, 5))
    assert asked.due_at == datetime(2026, 3, 11, 16, tzinfo=UTC)  # noon in New York, now in summer time


# ── Following and closing ──


def test_following_changes_the_state_alone() -> None:
    profile = a_profile()
    assert follow(profile, State.ONBOARDING) == replace(profile, assignment_state=State.ONBOARDING)


@pytest.mark.parametrize(
    ("case", "profile", "ended", "final_pay", "undone", "reviews"),
    [
        ("completed", an_active_profile(), an_end(State.COMPLETED), True, (), ()),
        (
            "terminated half way",
            an_active_profile(terms_paying(bonuses=tuple(Bonus(kind=kind, amount=Decimal(500)) for kind in BonusKind))),
            an_end(State.TERMINATED, date(2026, 3, 10)),
            True,
            ("remaining_pay_periods_cancelled", "completion_bonus_lapsed"),
            ("sign_on_bonus_clawback", "guarantee_owed"),
        ),
        (
            "fell off",
            a_profile(),
            an_end(State.FELL_OFF, date(2026, 1, 20)),
            False,
            ("pay_periods_cancelled", "stipends_cancelled", "onboarding_requests_withdrawn"),
            (),
        ),
        (
            "no show",
            with_all_pieces(a_profile()),
            an_end(State.NO_SHOW, MONDAY_START),
            False,
            ("pay_periods_cancelled", "stipends_cancelled"),
            ("travel_clawback",),
        ),
        (
            "fell off after work had begun",
            an_active_profile(),
            an_end(State.FELL_OFF, date(2026, 3, 10)),
            True,
            ("remaining_pay_periods_cancelled",),
            ("guarantee_owed",),
        ),
    ],
)
def test_closing_records_what_is_undone_and_owed(
    case: str, profile: Profile, ended: Any, final_pay: bool, undone: tuple[str, ...], reviews: tuple[str, ...]
) -> None:
    closed = close(profile, ended)
    assert closed.closing is not None
    assert closed.assignment_state is ended.state
    assert (closed.closing.final_pay_required, closed.closing.undone, closed.closing.reviews) == (
        final_pay,
        undone,
        reviews,
    )


def test_nothing_changes_an_ended_profile() -> None:
    closed = close(a_profile(), an_end(State.FELL_OFF))
    assert close(closed, an_end(State.DECLINED)) is closed
    assert follow(closed, State.ACTIVE) is closed
    assert changed(closed, start_date=date(2026, 3, 2)) is closed
    assert relocate(closed, "CA", today=TODAY) is closed


# ── Commands ──


def test_a_piece_is_recorded_as_a_fact_with_its_day() -> None:
    profile = record_piece(a_profile(), "w4", received_on=date(2026, 1, 14), today=date(2026, 1, 15))
    line = profile.pieces[0]
    assert (line.key, line.status, line.received_on, line.reused) == (
        "w4",
        PieceStatus.RECEIVED,
        date(2026, 1, 14),
        False,
    )
    assert len(profile.missing) == 3


def test_a_piece_may_still_come_while_final_pay_is_owed() -> None:
    closed = close(an_active_profile(), an_end(State.TERMINATED))
    day = date(2026, 5, 4)
    assert len(record_piece(closed, "pay_method", received_on=day, today=day).missing) == 3


@pytest.mark.parametrize(
    ("case", "profile", "key", "refusal"),
    [
        ("of another state", a_profile(), "state_withholding_ca", PieceNotNeeded),
        ("twice", with_all_pieces(a_profile()), "w4", PieceAlreadyReceived),
        ("after a fall-off", close(a_profile(), an_end(State.FELL_OFF)), "w4", ProfileClosed),
    ],
)
def test_a_piece_is_refused(case: str, profile: Profile, key: str, refusal: type[Refused]) -> None:
    before = repr(profile)
    with pytest.raises(refusal):
        record_piece(profile, key, received_on=TODAY, today=TODAY)
    assert repr(profile) == before


def test_a_piece_cannot_have_come_tomorrow() -> None:
    with pytest.raises(PieceReceivedInFuture):
        record_piece(a_profile(), "w4", received_on=date(2026, 1, 13), today=TODAY)


def test_accepting_covers_every_doubt_with_one_note() -> None:
    doubtful = terms_paying(lodging_per_week=Decimal(900), meals_per_week=Decimal(500))
    profile = accepted(a_profile(doubtful))
    assert [(a.code, a.pointer, a.accepted_by, a.note) for a in profile.acceptances] == [
        ("check_per_diem_of_locality", "/pay_package/lodging_per_week", "per_1", "Locality rate is 191."),
        ("check_per_diem_of_locality", "/pay_package/meals_per_week", "per_1", "Locality rate is 191."),
    ]
    assert profile.to_accept == ()


@pytest.mark.parametrize(
    ("case", "profile", "note", "refusal"),
    [
        ("a blocked package", a_profile(BROKEN), "fine", PackageBlocked),
        ("a sound package", a_profile(), "fine", NothingToAccept),
        ("without a reason", a_profile(DOUBTFUL), "  ", AcceptanceNoteMissing),
        ("after the end", close(a_profile(DOUBTFUL), an_end(State.DECLINED)), "fine", ProfileClosed),
    ],
)
def test_accepting_is_refused(case: str, profile: Profile, note: str, refusal: type[Refused]) -> None:
    before = repr(profile)
    with pytest.raises(refusal):
        accept_package(profile, note, accepted_by="per_1", accepted_on=TODAY)
    assert repr(profile) == before


def test_a_blocked_package_says_what_blocks_it() -> None:
    with pytest.raises(PackageBlocked) as refused:
        accept_package(a_profile(BROKEN), "fine", accepted_by="per_1", accepted_on=TODAY)
    assert codes(refused.value.findings) == [("rate_below_minimum_wage", "/pay_package/hourly_rates/REG")]
