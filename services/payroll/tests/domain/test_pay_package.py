"""What is found in a pay package, where, and whether it blocks pay."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payroll.domain.pay_codes import PAY_CODES
from payroll.domain.pay_package import BLOCKS_PAY, blocks_pay, package_findings
from payroll.domain.weekly_pay import scheduled_hours, weekly_pay
from services.payroll.tests.builders import (
    MONDAY_START,
    SATURDAY_END,
    codes,
    some_package,
    some_terms,
    terms_paying,
)
from shared.contracts.terms import (
    Bonus,
    BonusKind,
    HousingMode,
    Reimbursement,
    ShiftPattern,
    Terms,
)
from shared.money import Money

RATES = "/pay_package/hourly_rates"
LODGING = "/pay_package/lodging_per_week"
MEALS = "/pay_package/meals_per_week"
TAX_HOME = "/pay_package/tax_home_declared"
REG = Decimal("24.00")


def found(terms: Terms, state: str = "AZ", on: date = MONDAY_START) -> list[tuple[str, str]]:
    return codes(package_findings(terms, work_state=state, on=on))


def paying(**rates: str) -> Terms:
    """Terms with these rates, each of them billed."""
    decimals = {code: Decimal(rate) for code, rate in rates.items()}
    return some_terms(pay_package=some_package(hourly_rates=decimals), bill_rates=dict.fromkeys(rates, Decimal(92)))


def with_bonus(kind: BonusKind, due_on: date | None) -> Terms:
    return terms_paying(bonuses=(Bonus(kind=kind, amount=Decimal(500), due_on=due_on),))


def test_a_sound_package_has_no_finding() -> None:
    assert found(some_terms()) == []


@pytest.mark.parametrize(
    ("case", "terms", "state", "expected"),
    [
        ("no regular rate", paying(OT="36"), "AZ", [("regular_rate_missing", f"{RATES}/REG")]),
        ("a cent below the state", paying(REG="16.89"), "CA", [("rate_below_minimum_wage", f"{RATES}/REG")]),
        ("at the state's wage", paying(REG="16.90"), "CA", []),
        ("below the federal floor", paying(REG="7.24"), "TX", [("rate_below_minimum_wage", f"{RATES}/REG")]),
        (
            "any worked code",
            paying(REG="24", ORIENT="15", CALLBACK="14"),
            "AZ",
            [
                ("rate_below_minimum_wage", f"{RATES}/ORIENT"),
                ("rate_below_minimum_wage", f"{RATES}/CALLBACK"),
            ],
        ),
        ("standby and add-ons are not worked hours", paying(REG="24", CALL="4", CHARGE="2"), "AZ", []),
        ("between two regions", paying(REG="16.50"), "NY", [("check_regional_minimum_wage", f"{RATES}/REG")]),
        ("below both regions", paying(REG="15.99"), "NY", [("rate_below_minimum_wage", f"{RATES}/REG")]),
        ("a state nobody knows", paying(REG="24"), "ZZ", [("minimum_wage_not_held", RATES)]),
        ("overtime a cent short", paying(REG="24", OT="35.99"), "AZ", [("overtime_rate_too_low", f"{RATES}/OT")]),
        (
            "a code nobody knows",
            paying(REG="24", **{"A/B": "30"}),
            "AZ",
            [("unknown_pay_code", f"{RATES}/A~1B"), ("unknown_pay_code", "/bill_rates/A~1B")],
        ),
        (
            "paid, not billed",
            some_terms(bill_rates={"REG": Decimal(92)}),
            "AZ",
            [("bill_rate_missing", "/bill_rates/OT")],
        ),
        (
            "orientation is often not billed",
            some_terms(
                pay_package=some_package(hourly_rates={"REG": REG, "ORIENT": REG}), bill_rates={"REG": Decimal(92)}
            ),
            "AZ",
            [],
        ),
    ],
)
def test_rates_are_judged(case: str, terms: Terms, state: str, expected: list[tuple[str, str]]) -> None:
    assert found(terms, state) == expected


def test_the_minimum_wage_of_every_work_date_counts() -> None:
    terms = some_terms(
        pay_package=some_package(hourly_rates={"REG": Decimal("14.50")}),
        start_date=date(2026, 8, 3),
        end_date=date(2026, 9, 30),
    )
    assert found(terms, "FL", date(2026, 8, 3)) == [("rate_below_minimum_wage", f"{RATES}/REG")]
    until_the_raise = some_terms(pay_package=terms.pay_package, start_date=date(2026, 8, 3), end_date=date(2026, 9, 29))
    assert found(until_the_raise, "FL", date(2026, 8, 3)) == []


@pytest.mark.parametrize(
    ("case", "terms", "expected"),
    [
        (
            "stipends without a tax home",
            terms_paying(tax_home_declared=False),
            [("stipend_without_tax_home", TAX_HOME)],
        ),
        (
            "a unit without a tax home",
            some_terms(
                housing_mode=HousingMode.AGENCY_UNIT,
                pay_package=some_package(
                    lodging_per_week=Decimal(0), meals_per_week=Decimal(0), tax_home_declared=False
                ),
            ),
            [("unit_without_tax_home", TAX_HOME)],
        ),
        ("lodging beside a unit", some_terms(housing_mode=HousingMode.AGENCY_UNIT), [("lodging_paid_twice", LODGING)]),
        ("lodging nobody needs", some_terms(housing_mode=HousingMode.NOT_NEEDED), [("lodging_not_needed", LODGING)]),
        ("lodging forgotten", terms_paying(lodging_per_week=Decimal(0)), [("lodging_stipend_missing", LODGING)]),
        ("lodging alone", terms_paying(meals_per_week=Decimal(0)), [("lodging_without_meals", MEALS)]),
        ("a full standard week", terms_paying(lodging_per_week=Decimal(770), meals_per_week=Decimal(476)), []),
        (
            "a cent above it",
            terms_paying(lodging_per_week=Decimal("770.01"), meals_per_week=Decimal("476.01")),
            [("check_per_diem_of_locality", LODGING), ("check_per_diem_of_locality", MEALS)],
        ),
    ],
)
def test_stipends_are_judged(case: str, terms: Terms, expected: list[tuple[str, str]]) -> None:
    assert found(terms) == expected


def test_stipends_outside_the_continental_states_are_to_be_checked() -> None:
    assert found(some_terms(), "HI") == [("check_per_diem_of_locality", "/pay_package")]


def test_a_fiscal_year_without_a_rate_is_said() -> None:
    terms = some_terms(start_date=date(2027, 10, 4), end_date=date(2027, 12, 31))
    assert found(terms, on=date(2027, 10, 4)) == [("per_diem_not_held", "/pay_package")]


@pytest.mark.parametrize(
    ("case", "terms", "expected"),
    [
        ("bonus without a day", with_bonus(BonusKind.SIGN_ON, None), [("bonus_without_due_date", "due_on")]),
        (
            "completion before the end",
            with_bonus(BonusKind.COMPLETION, date(2026, 5, 1)),
            [("completion_bonus_before_end", "due_on")],
        ),
        ("completion at the end", with_bonus(BonusKind.COMPLETION, SATURDAY_END), []),
        ("a sign-on bonus may come early", with_bonus(BonusKind.SIGN_ON, date(2026, 2, 13)), []),
    ],
)
def test_bonuses_are_judged(case: str, terms: Terms, expected: list[tuple[str, str]]) -> None:
    assert found(terms) == [(code, f"/pay_package/bonuses/0/{field}") for code, field in expected]


def test_more_guaranteed_than_scheduled_is_found() -> None:
    assert found(some_terms(guaranteed_hours_per_week=Decimal("36.01"))) == [
        ("guarantee_above_schedule", "/guaranteed_hours_per_week")
    ]


def test_every_negative_amount_is_found_in_its_place() -> None:
    below = Decimal("-0.01")
    terms = some_terms(
        guaranteed_hours_per_week=below,
        bill_rates={"REG": below, "OT": Decimal(138)},
        housing_mode=HousingMode.NOT_NEEDED,
        pay_package=some_package(
            hourly_rates={"REG": REG, "OT": Decimal(36), "CALL": below},
            lodging_per_week=below,
            meals_per_week=below,
            bonuses=(Bonus(kind=BonusKind.SIGN_ON, amount=below, due_on=MONDAY_START),),
            reimbursements=(Reimbursement(kind="scrubs", limit=below),),
        ),
    )
    assert found(terms) == [
        ("negative_amount", f"{RATES}/CALL"),
        ("negative_amount", LODGING),
        ("negative_amount", MEALS),
        ("negative_amount", "/pay_package/bonuses/0/amount"),
        ("negative_amount", "/pay_package/reimbursements/0/limit"),
        ("negative_amount", "/bill_rates/REG"),
        ("negative_amount", "/guaranteed_hours_per_week"),
        ("bill_rate_missing", "/bill_rates/CALL"),
    ]


def test_all_findings_come_at_once() -> None:
    terms = some_terms(
        housing_mode=HousingMode.AGENCY_UNIT,
        pay_package=some_package(
            hourly_rates={"REG": Decimal("10.00"), "OT": Decimal("14.00")},
            tax_home_declared=False,
            bonuses=(Bonus(kind=BonusKind.COMPLETION, amount=Decimal(500)),),
        ),
        bill_rates={},
    )
    findings = package_findings(terms, work_state="CA", on=MONDAY_START)
    assert [finding.code for finding in findings] == [
        "bonus_without_due_date",
        "rate_below_minimum_wage",
        "rate_below_minimum_wage",
        "overtime_rate_too_low",
        "bill_rate_missing",
        "bill_rate_missing",
        "stipend_without_tax_home",
        "unit_without_tax_home",
        "lodging_paid_twice",
    ]
    assert [finding.code for finding in findings if blocks_pay(finding)] == [
        "rate_below_minimum_wage",
        "rate_below_minimum_wage",
        "overtime_rate_too_low",
        "lodging_paid_twice",
    ]
    assert len(BLOCKS_PAY) == 6


money = st.decimals(min_value="-50", max_value="2000", places=2)


@settings(max_examples=60)
@given(
    rates=st.dictionaries(st.sampled_from([*PAY_CODES, "X~/"]), money),
    lodging=money,
    meals=money,
    declared=st.booleans(),
    mode=st.sampled_from(HousingMode),
    state=st.sampled_from(["CA", "TX", "NY", "HI", "ZZ"]),
)
def test_findings_never_repeat_and_never_fail(
    rates: dict[str, Decimal], lodging: Decimal, meals: Decimal, declared: bool, mode: HousingMode, state: str
) -> None:
    terms = some_terms(
        housing_mode=mode,
        pay_package=some_package(
            hourly_rates=rates, lodging_per_week=lodging, meals_per_week=meals, tax_home_declared=declared
        ),
    )
    findings = found(terms, state)
    assert len(findings) == len(set(findings))
    below = any(rate < Decimal("7.25") and PAY_CODES.get(code) == "worked" for code, rate in rates.items())
    assert not below or "rate_below_minimum_wage" in {code for code, _ in findings}


def test_the_worked_example_pays_864_taxable_and_1120_untaxed() -> None:
    """36 h x 24.00 = 864.00; 700.00 + 420.00 = 1,120.00 (field facts, payroll section 0, item 7)."""
    week = weekly_pay(some_terms())
    assert (week.taxable, week.untaxed_stipends, week.total) == (
        Money.of("864.00"),
        Money.of("1120.00"),
        Money.of("1984.00"),
    )


def test_without_a_tax_home_the_whole_week_is_taxable() -> None:
    week = weekly_pay(terms_paying(tax_home_declared=False))
    assert (week.taxable, week.untaxed_stipends) == (Money.of("1984.00"), Money.of(0))


def test_a_week_is_rounded_once_and_half_up() -> None:
    """36 h x 24.1250 + 0.005 = 868.505, so 868.51; rounding each part first would give the same only by chance."""
    terms = terms_paying(
        hourly_rates={"REG": Decimal("24.1250")},
        lodging_per_week=Decimal("0.003"),
        meals_per_week=Decimal("0.002"),
        tax_home_declared=False,
    )
    assert weekly_pay(terms).taxable == Money.of("868.51")


@pytest.mark.parametrize(
    ("case", "starts", "ends", "meal", "hours"),
    [
        ("a night over midnight", time(19), time(7, 30), 30, "36"),
        ("a day", time(7), time(15, 30), 30, "24"),
        ("round the clock", time(7), time(7), 0, "72"),
    ],
)
def test_scheduled_hours_of_three_shifts(case: str, starts: time, ends: time, meal: int, hours: str) -> None:
    pattern = ShiftPattern(shifts_per_week=3, starts_at=starts, ends_at=ends, unpaid_meal_minutes=meal)
    assert scheduled_hours(pattern) == Decimal(hours)
