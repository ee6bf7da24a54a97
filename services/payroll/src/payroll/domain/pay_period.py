"""The employer's workweek, and the pay date and cut-off that follow each one."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import chain, count
from zoneinfo import ZoneInfo

from payroll.domain.rulebook.bank_holidays import is_banking_day
from shared.contracts.terms import Weekday
from shared.periods import Period

_WEEKDAYS = tuple(Weekday)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPeriod:
    """One workweek, its pay date, and the instant (UTC) after which nothing more enters that pay run."""

    workweek: Period
    pay_date: date
    cut_off: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PayCalendar:
    """The employer's weekly cycle: a fixed week of 168 hours, paid on the first `pay_weekday` after it ends.

    The cut-off is `cut_off_days_before_pay` calendar days before the pay date, at `cut_off_at` in the
    employer's zone. Raises ValueError when that would fall inside the week itself, or pay on a weekend, when
    banks rest. Source: 29 CFR 778.105; the agency's own calendar.
    """

    week_starts: Weekday = Weekday.SUN
    pay_weekday: Weekday = Weekday.FRI
    cut_off_days_before_pay: int = 2
    cut_off_at: time = time(12)
    time_zone: str = "America/New_York"

    def __post_init__(self) -> None:
        if not 0 <= self.cut_off_days_before_pay < self._days_to_pay:
            raise ValueError("the cut-off lies after the week's end and not after the pay date")
        if self.pay_weekday in (Weekday.SAT, Weekday.SUN):
            raise ValueError("pay arrives on a banking day")

    @property
    def _days_to_pay(self) -> int:
        """Days from the week's last day to its pay weekday: 1 to 7."""
        return (_WEEKDAYS.index(self.pay_weekday) - _WEEKDAYS.index(self.week_starts)) % 7 + 1

    def workweek(self, day: date) -> Period:
        """The workweek that holds the day."""
        start = day - timedelta(days=(day.weekday() - _WEEKDAYS.index(self.week_starts)) % 7)
        return Period(start, start + _WEEK)

    def pay_period(self, day: date) -> PayPeriod:
        """The pay period of work done on that day.

        A pay date on a bank holiday moves to the banking day before, or, when that is still in the week,
        after.
        """
        week = self.workweek(day)
        pay_date = self._pay_date(week)
        closes_on = max(pay_date - timedelta(days=self.cut_off_days_before_pay), week.end)
        return PayPeriod(workweek=week, pay_date=pay_date, cut_off=self.instant(closes_on))

    def _pay_date(self, week: Period) -> date:
        after_week = [week.last + timedelta(days=n) for n in range(1, self._days_to_pay + 1)]
        later = (after_week[-1] + timedelta(days=n) for n in count(1))
        return next(day for day in chain(reversed(after_week), later) if is_banking_day(day))

    def pay_periods(self, worked: Period) -> tuple[PayPeriod, ...]:
        """Every pay period with a day of `worked` in it, in order; at least one."""
        return _pay_periods(self, worked)

    def pay_date_from(self, day: date) -> date:
        """The first pay date on or after the day."""
        previous = self.pay_period(day - _WEEK).pay_date
        return previous if previous >= day else self.pay_period(day).pay_date

    def instant(self, day: date) -> datetime:
        """The cut-off hour of that day in the employer's zone, in UTC."""
        return datetime.combine(day, self.cut_off_at, ZoneInfo(self.time_zone)).astimezone(UTC)

    def day_of(self, instant: datetime) -> date:
        """The employer's day in which the instant falls."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()


@lru_cache(maxsize=512)  # every question about a profile asks for the same ones
def _pay_periods(calendar: PayCalendar, worked: Period) -> tuple[PayPeriod, ...]:
    first = calendar.workweek(worked.start).start
    weeks = (calendar.workweek(worked.last).start - first).days // 7 + 1
    return tuple(calendar.pay_period(first + n * _WEEK) for n in range(weeks))


AGENCY_CALENDAR = PayCalendar()
"""The one calendar of the agency: an employee has one workweek, whatever facility the hours are worked at."""
