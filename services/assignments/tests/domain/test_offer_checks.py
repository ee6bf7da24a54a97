from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assignments.domain.offer_checks import offer_findings
from assignments.domain.offer_draft import (
    BonusDraft,
    OfferDraft,
    PayDraft,
    ReimbursementDraft,
    ShiftDraft,
    draft_of,
    offer_of,
    terms_of,
)
from assignments.domain.terms_checks import beside, scheduled_hours, terms_findings
from services.assignments.tests.builders import (
    END,
    START,
    a_client,
    a_clinician,
    a_draft,
    a_facility,
    some_pay,
    some_terms,
)
from shared.contracts.terms import Bonus, BonusKind, Discipline, Reimbursement, Weekday
from shared.errors import Finding
from shared.hours import Hours

SHIFT = ShiftDraft(shifts_per_week=3, starts_at=time(19), ends_at=time(7, 30))
PAY = PayDraft(hourly_rates={"REG": Decimal("32.50")})


def found(draft: OfferDraft, **directory: Any) -> tuple[Finding, ...]:
    known = {"facility": a_facility(), "clinician": a_clinician(), "client": a_client()}
    return offer_findings(draft, **{**known, **directory})


def brief(findings: Sequence[Finding]) -> list[str]:
    return [f"{one.pointer} {one.code}" for one in findings]


def test_an_offer_without_fault_has_no_findings_and_becomes_its_terms() -> None:
    assert found(a_draft()) == ()
    made = offer_of(a_draft(), client_id="cli_1")
    assert (made.terms, made.source_reference, made.client_id) == (some_terms(), "O-1", "cli_1")


def test_terms_become_a_draft_and_back_without_loss() -> None:
    pay = some_pay(
        bonuses=(Bonus(kind=BonusKind.SIGN_ON, amount=Decimal(500), due_on=END),),
        reimbursements=(Reimbursement(kind="travel", limit=Decimal(400)),),
    )
    pattern = replace(some_terms().shift_pattern, weekdays=(Weekday.MON, Weekday.TUE, Weekday.WED))
    terms = some_terms(pay_package=pay, shift_pattern=pattern)
    assert terms_of(draft_of(terms)) == terms


def test_an_empty_offer_is_told_everything_that_is_missing() -> None:
    assert brief(found(OfferDraft(housing_mode=None), facility=None, clinician=None, client=None)) == [
        "/source required",
        "/source_reference required",
        "/clinician_id required",
        "/facility_id required",
        "/unit required",
        "/discipline required",
        "/specialty required",
        "/start_date required",
        "/end_date required",
        "/shift_pattern required",
        "/guaranteed_hours_per_week required",
        "/pay_package required",
        "/housing_mode required",
    ]


def test_an_offer_wrong_in_everything_is_told_all_at_once() -> None:
    draft = a_draft(
        worker_type="1099",
        client_id="cli_9",
        unit="ER",
        discipline="PT",
        start_date=END,
        end_date=START,
        time_zone="America/New_York",
        shift_pattern=replace(SHIFT, weekdays=("mon", "mon")),
        guaranteed_hours_per_week=Decimal("36.25"),
        pay_package=PayDraft(hourly_rates={"OT": Decimal("-1")}, meals_per_week=Decimal("-5")),
        bill_rates={"REG": Decimal(0)},
    )
    assert brief(found(draft, client=None)) == [
        "/discipline discipline_mismatch",
        "/client_id unknown_client",
        "/worker_type independent_contractor",
        "/time_zone wrong_time_zone",
        "/unit unknown_unit",
        "/end_date end_before_start",
        "/shift_pattern/weekdays weekday_twice",
        "/shift_pattern/weekdays weekdays_do_not_match_shifts",
        "/guaranteed_hours_per_week guarantee_over_schedule",
        "/pay_package/hourly_rates/OT not_positive",
        "/pay_package/hourly_rates/REG regular_rate_missing",
        "/pay_package/meals_per_week negative_amount",
        "/bill_rates/REG not_positive",
    ]


ONE_FAULT = [
    ("blank reference", {"source_reference": "  "}, "/source_reference required"),
    ("contractor in words", {"worker_type": "Independent contractor"}, "/worker_type independent_contractor"),
    ("other employment", {"worker_type": "temp"}, "/worker_type unknown_value"),
    ("no such zone", {"time_zone": "Central"}, "/time_zone unknown_time_zone"),
    ("a path for a zone", {"time_zone": "../etc"}, "/time_zone unknown_time_zone"),
    ("a region for a zone", {"time_zone": "America"}, "/time_zone unknown_time_zone"),
    ("discipline nobody has", {"discipline": "WIZARD"}, "/discipline unknown_value"),
    ("housing nobody offers", {"housing_mode": "tent"}, "/housing_mode unknown_value"),
    (
        "no shifts",
        {"shift_pattern": replace(SHIFT, shifts_per_week=0), "guaranteed_hours_per_week": Decimal(0)},
        "/shift_pattern/shifts_per_week out_of_range",
    ),
    (
        "eight shifts",
        {"shift_pattern": replace(SHIFT, shifts_per_week=8)},
        "/shift_pattern/shifts_per_week out_of_range",
    ),
    (
        "negative meal",
        {"shift_pattern": replace(SHIFT, unpaid_meal_minutes=-1)},
        "/shift_pattern/unpaid_meal_minutes out_of_range",
    ),
    (
        "only a meal",
        {"shift_pattern": replace(SHIFT, unpaid_meal_minutes=750), "guaranteed_hours_per_week": Decimal(0)},
        "/shift_pattern/unpaid_meal_minutes no_paid_time",
    ),
    ("no end of shift", {"shift_pattern": replace(SHIFT, ends_at=None)}, "/shift_pattern/ends_at required"),
    (
        "unknown weekday",
        {"shift_pattern": replace(SHIFT, weekdays=("mon", "tue", "someday"))},
        "/shift_pattern/weekdays/2 unknown_value",
    ),
    (
        "two days for three shifts",
        {"shift_pattern": replace(SHIFT, weekdays=("mon", "tue"))},
        "/shift_pattern/weekdays weekdays_do_not_match_shifts",
    ),
    ("negative guarantee", {"guaranteed_hours_per_week": Decimal(-1)}, "/guaranteed_hours_per_week negative_amount"),
    ("no number", {"guaranteed_hours_per_week": Decimal("NaN")}, "/guaranteed_hours_per_week negative_amount"),
    (
        "zero rate",
        {"pay_package": PayDraft(hourly_rates={"REG": Decimal(0)})},
        "/pay_package/hourly_rates/REG not_positive",
    ),
    (
        "endless rate",
        {"pay_package": PayDraft(hourly_rates={"REG": Decimal("Infinity")})},
        "/pay_package/hourly_rates/REG not_positive",
    ),
    ("code with a slash", {"bill_rates": {"A/B": Decimal(-1)}}, "/bill_rates/A~1B not_positive"),
    (
        "no lodging figure",
        {"pay_package": replace(PAY, lodging_per_week=None)},
        "/pay_package/lodging_per_week required",
    ),
    (
        "negative lodging",
        {"pay_package": replace(PAY, lodging_per_week=Decimal(-1))},
        "/pay_package/lodging_per_week negative_amount",
    ),
    (
        "unknown bonus",
        {"pay_package": replace(PAY, bonuses=(BonusDraft(kind="luck", amount=Decimal(5)),))},
        "/pay_package/bonuses/0/kind unknown_value",
    ),
    (
        "empty bonus",
        {"pay_package": replace(PAY, bonuses=(BonusDraft(kind="referral", amount=Decimal(0)),))},
        "/pay_package/bonuses/0/amount not_positive",
    ),
    (
        "negative repayment",
        {"pay_package": replace(PAY, reimbursements=(ReimbursementDraft(kind="travel", limit=Decimal(-1)),))},
        "/pay_package/reimbursements/0/limit negative_amount",
    ),
]


@pytest.mark.parametrize(("name", "fault", "said"), ONE_FAULT, ids=[row[0] for row in ONE_FAULT])
def test_one_fault_is_one_finding(name: str, fault: dict[str, Any], said: str) -> None:
    assert brief(found(a_draft(**fault))) == [said], name


@pytest.mark.parametrize(
    ("name", "directory", "said"),
    [
        ("facility", {"facility": None}, "/facility_id unknown_facility"),
        ("clinician", {"clinician": None}, "/clinician_id unknown_clinician"),
        ("other discipline", {"clinician": a_clinician(discipline=Discipline.PT)}, "/discipline discipline_mismatch"),
    ],
)
def test_an_offer_must_fit_the_directory(name: str, directory: dict[str, Any], said: str) -> None:
    assert brief(found(a_draft(), **directory)) == [said], name


def test_the_facilitys_own_zone_may_be_given() -> None:
    assert found(a_draft(time_zone="America/Chicago", worker_type=None)) == ()


def test_no_finding_repeats_the_rejected_value() -> None:
    draft = a_draft(unit="Secret unit", time_zone="Nowhere/Secret", worker_type="Secret work")
    assert len(found(draft)) == 3
    assert not any("Secret" in one.message for one in found(draft))


@pytest.mark.parametrize(
    ("name", "starts_at", "ends_at", "meal", "hours"),
    [
        ("3x12 by night", time(19), time(7, 30), 30, "36.00"),
        ("3x12 by day", time(7), time(19, 30), 30, "36.00"),
        ("a day and a night", time(7), time(7), 0, "72.00"),
        ("until midnight", time(15), time(0), 0, "27.00"),
    ],
)
def test_the_scheduled_hours_of_a_week(name: str, starts_at: time, ends_at: time, meal: int, hours: str) -> None:
    shift = ShiftDraft(shifts_per_week=3, starts_at=starts_at, ends_at=ends_at, unpaid_meal_minutes=meal)
    assert scheduled_hours(shift) == Hours.of(hours), name


maybe_amount = some.none() | some.decimals(-100, 100, places=2)
drafts = some.builds(
    OfferDraft,
    source=some.sampled_from((None, "", "ats")),
    source_reference=some.sampled_from((None, "O-1")),
    clinician_id=some.sampled_from((None, "cln_1")),
    facility_id=some.sampled_from((None, "fac_1")),
    unit=some.sampled_from((None, "ICU 4", "ER")),
    discipline=some.sampled_from((None, "RN", "WIZARD")),
    specialty=some.sampled_from((None, "ICU")),
    start_date=some.none() | some.dates(date(2026, 1, 1), date(2026, 3, 1)),
    end_date=some.none() | some.dates(date(2026, 2, 1), date(2026, 6, 1)),
    shift_pattern=some.none()
    | some.builds(
        ShiftDraft,
        shifts_per_week=some.none() | some.integers(-1, 9),
        starts_at=some.none() | some.times(),
        ends_at=some.none() | some.times(),
        unpaid_meal_minutes=some.none() | some.integers(-10, 2000),
        weekdays=some.lists(some.sampled_from(("mon", "tue", "", "x")), max_size=3).map(tuple),
    ),
    guaranteed_hours_per_week=maybe_amount,
    pay_package=some.none()
    | some.builds(
        PayDraft,
        hourly_rates=some.dictionaries(some.sampled_from(("REG", "OT")), some.decimals(-1, 90, places=2)),
        lodging_per_week=maybe_amount,
        meals_per_week=maybe_amount,
    ),
    housing_mode=some.sampled_from((None, "stipend", "tent")),
)


@given(drafts)
def test_a_draft_either_has_findings_or_becomes_terms(draft: OfferDraft) -> None:
    if not terms_findings(draft, facility=a_facility()):
        assert terms_findings(draft_of(terms_of(draft)), facility=a_facility()) == ()


NAMES: list[tuple[str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("by reference", {"clinician_id": None, "clinician_reference": "C-1"}, {}, []),
    ("by both", {"clinician_reference": "C-1"}, {}, ["/clinician_reference named_twice"]),
    (
        "by an unknown reference",
        {"clinician_id": None, "clinician_reference": "C-9", "facility_id": None, "facility_reference": "F-9"},
        {"clinician": None, "facility": None},
        ["/clinician_reference unknown_clinician", "/facility_reference unknown_facility"],
    ),
]


@pytest.mark.parametrize(("name", "written", "directory", "said"), NAMES, ids=[row[0] for row in NAMES])
def test_clinician_and_facility_are_named_by_id_or_by_reference(
    name: str, written: dict[str, Any], directory: dict[str, Any], said: list[str]
) -> None:
    assert brief(found(a_draft(**written), **directory)) == said, name


def test_what_could_not_be_read_is_told_once_however_many_rules_miss_it() -> None:
    read = [
        Finding(pointer="/shift_pattern", code="wrong_type", message=""),
        Finding(pointer="/clinician_reference", code="wrong_form", message=""),
        Finding(pointer="/unit", code="missing", message=""),
    ]
    pointers = ("/shift_pattern/starts_at", "/clinician_id", "/unit", "/units", "/start_date")
    judged = [Finding(pointer=pointer, code="required", message="") for pointer in pointers]
    assert brief(beside(read, judged))[3:] == ["/units required", "/start_date required"]
