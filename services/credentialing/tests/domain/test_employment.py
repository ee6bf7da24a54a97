"""The deadlines of a hire. Golden values CV-055 and CV-056; federal holidays of 5 USC 6103."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.business_days import business_days_after, federal_holidays, is_business_day
from credentialing.domain.employment import deadlines


@pytest.mark.parametrize(
    ("case", "first", "days", "section2", "e_verify"),
    [
        ("a Tuesday after a holiday", date(2026, 5, 26), None, date(2026, 5, 29), date(2026, 5, 29)),
        ("two days of work", date(2026, 6, 1), 2, date(2026, 6, 1), date(2026, 6, 4)),
        ("three days of work are no short hire", date(2026, 6, 1), 3, date(2026, 6, 4), date(2026, 6, 4)),
        ("the day before Thanksgiving", date(2026, 11, 25), None, date(2026, 12, 1), date(2026, 12, 1)),
        ("a Friday", date(2026, 6, 5), None, date(2026, 6, 10), date(2026, 6, 10)),
        ("before the Friday on which 4 July is kept", date(2026, 7, 2), None, date(2026, 7, 8), date(2026, 7, 8)),
        ("before New Year of a Friday", date(2027, 12, 30), None, date(2028, 1, 5), date(2028, 1, 5)),
        ("work that begins on a Saturday", date(2026, 6, 6), None, date(2026, 6, 10), date(2026, 6, 10)),
    ],
)
def test_deadlines_count_business_days_after_the_first_day(
    case: str, first: date, days: int | None, section2: date, e_verify: date
) -> None:
    found = deadlines(first, expected_days=days)
    assert (found.section1, found.section2, found.e_verify) == (first, section2, e_verify), case


def test_a_year_has_eleven_holidays_and_lends_one_to_the_year_before() -> None:
    assert len(federal_holidays(2026)) == 11
    assert date(2021, 12, 31) in federal_holidays(2021)  # New Year 2022 is a Saturday
    assert date(2022, 1, 1) not in federal_holidays(2022)
    assert date(2026, 5, 25) in federal_holidays(2026)
    assert date(2020, 6, 19) not in federal_holidays(2020)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2060, 1, 1)), st.integers(1, 30))
def test_so_many_business_days_lie_between(day: date, count: int) -> None:
    found = business_days_after(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]
    assert sum(map(is_business_day, passed)) == count
    assert is_business_day(found)
