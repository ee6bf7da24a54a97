"""The dated tables against their sources, and what they say for days and states they do not know."""

from datetime import date
from decimal import Decimal

import pytest

from payroll.domain.errors import NoIncomeTaxListInForce, NoMinimumWageInForce, NoPerDiemInForce
from payroll.domain.rulebook.bank_holidays import HOLIDAYS, bank_holidays
from payroll.domain.rulebook.income_tax import NO_INCOME_TAX, withholds_income_tax
from payroll.domain.rulebook.minimum_wage import (
    FEDERAL,
    FEDERAL_RATE_ONLY,
    STATES,
    minimum_wage,
    minimum_wages_during,
)
from payroll.domain.rulebook.per_diem import STANDARD, standard_per_diem
from shared.periods import Period

# Field facts, payroll section 3: the states that raised their minimum wage on 1 January 2026.
OF_JANUARY_2026 = {
    pair.split()[0]: Decimal(pair.split()[1])
    for pair in (
        "AZ 15.15, CA 16.90, CO 15.16, CT 16.94, DC 17.95, HI 16.00, ME 15.10, MI 13.73, MN 11.41, MO 15.00,"
        "MT 10.85, NE 15.00, NJ 15.92, NY 16.00, OH 11.00, RI 16.00, SD 11.85, VT 14.42, VA 12.77, WA 17.13"
    ).split(",")
}


@pytest.mark.parametrize(("state", "rate"), OF_JANUARY_2026.items())
def test_minimum_wages_of_january_2026_are_those_of_the_facts(state: str, rate: Decimal) -> None:
    assert minimum_wage(state, date(2026, 1, 1)).rate == rate


def test_every_state_and_dc_stands_in_exactly_one_table() -> None:
    own = {row.state for row in STATES}
    assert not own & FEDERAL_RATE_ONLY
    assert len(own | FEDERAL_RATE_ONLY) == 51
    assert all(row.rate > FEDERAL[0].rate for row in STATES)


@pytest.mark.parametrize(
    ("case", "state", "on", "rate"),
    [
        ("no wage of its own", "TX", date(2026, 2, 2), "7.25"),
        ("a day before the raise", "FL", date(2026, 9, 29), "14.00"),
        ("the day of the raise", "FL", date(2026, 9, 30), "15.00"),
        ("until the next row", "CA", date(2027, 3, 1), "16.90"),
    ],
)
def test_a_minimum_wage_holds_from_its_day_until_the_next(case: str, state: str, on: date, rate: str) -> None:
    assert minimum_wage(state, on).rate == Decimal(rate)


@pytest.mark.parametrize(
    ("case", "state", "on"),
    [("before the first row", "CA", date(2025, 12, 31)), ("no such state", "ZZ", date(2026, 2, 2))],
)
def test_an_unknown_minimum_wage_is_refused_and_never_the_federal_floor(case: str, state: str, on: date) -> None:
    with pytest.raises(NoMinimumWageInForce):
        minimum_wage(state, on)


def test_a_period_meets_each_raise_inside_it() -> None:
    rates = [row.rate for row in minimum_wages_during("FL", Period.through(date(2026, 8, 3), date(2026, 10, 31)))]
    assert rates == [Decimal("14.00"), Decimal("15.00")]


@pytest.mark.parametrize(
    ("case", "on", "lodging"),
    [
        ("last night of fiscal year 2026", date(2026, 9, 30), "110"),
        ("first night of fiscal year 2027", date(2026, 10, 1), "113"),
    ],
)
def test_the_standard_per_diem_changes_on_the_first_of_october(case: str, on: date, lodging: str) -> None:
    row = standard_per_diem(on)
    assert (row.lodging, row.meals) == (Decimal(lodging), Decimal(68))


@pytest.mark.parametrize("on", [date(2024, 9, 30), date(2027, 10, 1)])
def test_a_fiscal_year_that_is_not_held_is_refused(on: date) -> None:
    with pytest.raises(NoPerDiemInForce):
        standard_per_diem(on)


def test_nine_states_withhold_nothing() -> None:
    free = {
        state
        for state in {row.state for row in STATES} | FEDERAL_RATE_ONLY
        if not withholds_income_tax(state, date(2026, 2, 13))
    }
    assert free == {"AK", "FL", "NV", "NH", "SD", "TN", "TX", "WA", "WY"}
    with pytest.raises(NoIncomeTaxListInForce):
        withholds_income_tax("TX", date(2024, 12, 31))


def test_bank_holidays_of_2026_leave_the_third_of_july_a_banking_day() -> None:
    assert sorted(bank_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 1, 19),
        date(2026, 2, 16),
        date(2026, 5, 25),
        date(2026, 6, 19),
        date(2026, 9, 7),
        date(2026, 10, 12),
        date(2026, 11, 11),
        date(2026, 11, 26),
        date(2026, 12, 25),
    ]


def test_a_bank_holiday_on_a_sunday_is_kept_on_monday() -> None:
    assert date(2027, 7, 5) in bank_holidays(2027)


def test_every_row_names_its_source() -> None:
    for table in (FEDERAL, STATES, STANDARD, NO_INCOME_TAX, HOLIDAYS):
        assert all(row.source and row.effective_from for row in table)
