"""Workweeks, pay dates and cut-offs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from payroll.domain.pay_period import PayCalendar
from payroll.domain.rulebook.bank_holidays import is_banking_day
from services.payroll.tests.builders import MONDAY_START, SATURDAY_END
from shared.contracts.terms import Weekday
from shared.periods import Period

days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def test_a_week_from_sunday_to_saturday_is_paid_on_the_friday_after() -> None:
    period = PayCalendar().pay_period(MONDAY_START)
    assert period.workweek == Period.through(date(2026, 2, 1), date(2026, 2, 7))
    assert period.pay_date == date(2026, 2, 13)
    assert period.cut_off == datetime(2026, 2, 11, 17, tzinfo=UTC)  # noon in New York in winter


def test_thirteen_weeks_are_thirteen_pay_periods() -> None:
    periods = PayCalendar().pay_periods(Period.through(MONDAY_START, SATURDAY_END))
    assert len(periods) == 13
    assert (periods[0].pay_date, periods[-1].pay_date) == (date(2026, 2, 13), date(2026, 5, 8))


@pytest.mark.parametrize(
    ("case", "work_day", "pay_date"),
    [
        ("Christmas on a Friday", date(2026, 12, 19), date(2026, 12, 24)),
        ("Juneteenth on a Friday", date(2026, 6, 13), date(2026, 6, 18)),
        ("4 July on a Saturday is not moved", date(2026, 6, 27), date(2026, 7, 3)),
    ],
)
def test_pay_comes_before_a_bank_holiday(case: str, work_day: date, pay_date: date) -> None:
    assert PayCalendar().pay_period(work_day).pay_date == pay_date


def test_pay_never_comes_before_the_week_has_ended() -> None:
    monday_pay = PayCalendar(week_starts=Weekday.MON, pay_weekday=Weekday.MON, cut_off_days_before_pay=0)
    assert monday_pay.pay_period(date(2026, 2, 9)).pay_date == date(2026, 2, 17)  # the 16th is a bank holiday


@pytest.mark.parametrize(
    ("case", "fields"),
    [
        ("cut-off inside the week", {"cut_off_days_before_pay": 6}),
        ("cut-off after pay", {"cut_off_days_before_pay": -1}),
        ("pay on a Saturday", {"pay_weekday": Weekday.SAT, "cut_off_days_before_pay": 0}),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(case: str, fields: dict[str, Weekday | int]) -> None:
    with pytest.raises(ValueError, match=r"cut-off|banking day"):
        PayCalendar(**fields)  # type: ignore[arg-type]


@given(
    day=days,
    starts=st.sampled_from(Weekday),
    pays=st.sampled_from(list(Weekday)[:5]),
)
def test_every_day_lies_in_one_week_of_168_hours_paid_after_it(day: date, starts: Weekday, pays: Weekday) -> None:
    calendar = PayCalendar(week_starts=starts, pay_weekday=pays, cut_off_days_before_pay=0)
    period = calendar.pay_period(day)
    assert day in period.workweek
    assert period.workweek.length_days == 7
    assert period.pay_date >= period.workweek.end
    assert is_banking_day(period.pay_date)
    assert period.workweek.end <= calendar.day_of(period.cut_off) <= period.pay_date


@given(day=days)
def test_the_next_pay_date_is_the_first_not_before_the_day(day: date) -> None:
    calendar = PayCalendar()
    found = calendar.pay_date_from(day)
    around = [calendar.pay_period(day + timedelta(days=7 * n)).pay_date for n in range(-3, 3)]
    assert found == min(pay_date for pay_date in around if pay_date >= day)


@settings(max_examples=50)
@given(start=days, length=st.integers(1, 400))
def test_pay_periods_cover_the_assignment_without_gap(start: date, length: int) -> None:
    worked = Period(start, start + timedelta(days=length))
    periods = PayCalendar().pay_periods(worked)
    assert worked.start in periods[0].workweek
    assert worked.last in periods[-1].workweek
    assert all(a.workweek.end == b.workweek.start for a, b in zip(periods, periods[1:], strict=False))
