"""The shifts that terms lead one to expect: days by the shift pattern, hours by the facility's clocks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from shared.contracts.assignments import FacilityChanged
from shared.contracts.terms import ShiftPattern, Terms, Weekday
from shared.hours import Hours
from shared.periods import Period
from timekeeping.domain.local_time import Irregularity, moment_of, zone_named
from timekeeping.domain.workweek import parts_of_weeks, week_of, weekday_of

MINUTE = timedelta(minutes=1)
DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedShift:
    """One shift as planned; instants in UTC, minutes as they really pass. `work_date` is the day on which it begins.

    `provisional`: the facility has yet to say on which days it schedules. `irregularities`: its wall clock met a
    change of clocks.
    """

    work_date: date
    unit: str
    starts_at: datetime
    ends_at: datetime
    elapsed_minutes: int
    paid_minutes: int
    provisional: bool = False
    orientation: bool = False
    irregularities: tuple[Irregularity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedWeek:
    """What is planned in a workweek against what is guaranteed; a shift belongs to the week in which it begins.

    `days` is the part of the week inside the assignment, and is short in the first and the last one.
    """

    week: Period
    days: Period
    shifts: int
    planned: Hours
    guaranteed_hours: Decimal


def expected_shifts(terms: Terms, facility: FacilityChanged) -> tuple[ExpectedShift, ...]:
    """One shift for each planned working day, in order of days. Raises UnknownTimeZone."""
    zone = zone_named(facility.time_zone)
    days = _working_days(terms, facility.workweek_starts)
    return tuple(
        _shift_on(day, terms, zone=zone, orientation=place < facility.orientation_days)
        for place, day in enumerate(days)
    )


def usual_hours(pattern: ShiftPattern) -> Hours:
    """The paid hours of one shift during which no clock changes."""
    begin, end = (time.hour * 60 + time.minute for time in (pattern.starts_at, pattern.ends_at))
    length = (end - begin) % DAY_MINUTES or DAY_MINUTES
    return Hours(_paid(length, pattern))


def weekly_hours(pattern: ShiftPattern) -> Hours:
    """The paid hours of a usual full week."""
    return Hours(usual_hours(pattern).minutes * pattern.shifts_per_week)


def planned_weeks(
    shifts: tuple[ExpectedShift, ...], terms: Terms, *, workweek_starts: Weekday
) -> tuple[PlannedWeek, ...]:
    """Each workweek of the assignment with the paid hours planned in it, in order; none is left out."""
    weeks = []
    for days in parts_of_weeks(terms.period, workweek_starts):
        inside = [shift for shift in shifts if shift.work_date in days]
        week = PlannedWeek(
            week=week_of(days.start, workweek_starts),
            days=days,
            shifts=len(inside),
            planned=Hours(sum(shift.paid_minutes for shift in inside)),
            guaranteed_hours=terms.guaranteed_hours_per_week,
        )
        weeks.append(week)
    return tuple(weeks)


def _working_days(terms: Terms, workweek_starts: Weekday) -> Iterator[date]:
    """The agreed weekdays; without any, the first days of each workweek, as many as there are shifts in it.

    A workweek cut by the start or the end has no more shifts than days, and all of them together no more than as
    many full weeks from the start would have: thirteen weeks of three shifts are 39, on whatever day they begin.
    """
    pattern, period = terms.shift_pattern, terms.period
    if pattern.weekdays:
        yield from (day for day in period.days() if weekday_of(day) in pattern.weekdays)
        return
    full_weeks, days_over = divmod(period.length_days, 7)
    left = full_weeks * pattern.shifts_per_week + min(days_over, pattern.shifts_per_week)
    for part in parts_of_weeks(period, workweek_starts):
        count = min(pattern.shifts_per_week, part.length_days, left)
        yield from (part.start + timedelta(days=place) for place in range(count))
        left -= count


def _shift_on(day: date, terms: Terms, *, zone: ZoneInfo, orientation: bool) -> ExpectedShift:
    pattern = terms.shift_pattern
    is_overnight = pattern.ends_at <= pattern.starts_at
    begin = moment_of(day, pattern.starts_at, zone=zone)
    end = moment_of(day + timedelta(days=is_overnight), pattern.ends_at, zone=zone)
    # A start moved out of the skipped hour may fall behind an end just after it: then nothing of the shift is left.
    ends_at = max(begin.at, end.at)
    elapsed_minutes = (ends_at - begin.at) // MINUTE
    return ExpectedShift(
        work_date=day,
        unit=terms.unit,
        starts_at=begin.at,
        ends_at=ends_at,
        elapsed_minutes=elapsed_minutes,
        paid_minutes=_paid(elapsed_minutes, pattern),
        provisional=not pattern.weekdays,
        orientation=orientation,
        irregularities=tuple(odd for odd in (begin.irregularity, end.irregularity) if odd is not None),
    )


def _paid(elapsed_minutes: int, pattern: ShiftPattern) -> int:
    return max(0, elapsed_minutes - pattern.unpaid_meal_minutes)
