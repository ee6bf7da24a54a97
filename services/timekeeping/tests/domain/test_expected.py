from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.timekeeping.tests.builders import a_facility, days_12, nights_12, some_terms, utc
from shared.contracts.terms import ShiftPattern, Terms, Weekday
from timekeeping.domain.errors import UnknownTimeZone
from timekeeping.domain.expected import ExpectedShift, expected_shifts, planned_weeks, weekly_hours
from timekeeping.domain.local_time import Irregularity, zone_named
from timekeeping.domain.workweek import week_of, weekday_of

NEW_YORK, CHICAGO, PHOENIX = "America/New_York", "America/Chicago", "America/Phoenix"
SKIPPED, TWICE = Irregularity.NONEXISTENT_LOCAL_TIME, Irregularity.AMBIGUOUS_LOCAL_TIME


def _one_shift(day: str, wall: str, zone: str, *, meal: int = 30) -> ExpectedShift:
    begin, end = (time.fromisoformat(text) for text in wall.split("-"))
    pattern = ShiftPattern(shifts_per_week=1, starts_at=begin, ends_at=end, unpaid_meal_minutes=meal)
    terms = some_terms(start_date=date.fromisoformat(day), end_date=date.fromisoformat(day), shift_pattern=pattern)
    [shift] = expected_shifts(terms, a_facility(time_zone=zone))
    return shift


@pytest.mark.parametrize(
    ("case", "day", "wall", "zone", "elapsed", "paid"),
    [  # the first three: DOL elaws, FLSA Hours Worked Advisor, daylight saving time: 8, 7 and 9 hours
        ("DOL night", "2026-02-10", "23:00-07:30", NEW_YORK, 510, 480),
        ("DOL night, clocks go forward", "2026-03-07", "23:00-07:30", NEW_YORK, 450, 420),
        ("DOL night, clocks go back", "2026-10-31", "23:00-07:30", NEW_YORK, 570, 540),
        ("twelve-hour night", "2026-02-10", "19:00-07:30", CHICAGO, 750, 720),
        ("twelve-hour night, forward", "2026-03-07", "19:00-07:30", CHICAGO, 690, 660),
        ("twelve-hour night, back", "2026-10-31", "19:00-07:30", CHICAGO, 810, 780),
        ("Arizona keeps its clocks", "2026-10-31", "19:00-07:30", PHOENIX, 750, 720),
        ("a day shift after the change", "2026-03-08", "07:00-19:30", CHICAGO, 750, 720),
        ("from noon to noon", "2026-02-10", "12:00-12:00", CHICAGO, 1440, 1410),
        ("to midnight", "2026-02-10", "15:00-00:00", CHICAGO, 540, 510),
    ],
)
def test_minutes_are_those_that_really_pass(case: str, day: str, wall: str, zone: str, elapsed: int, paid: int) -> None:
    shift = _one_shift(day, wall, zone)
    assert (shift.elapsed_minutes, shift.paid_minutes) == (elapsed, paid)
    assert shift.irregularities == ()


@pytest.mark.parametrize(
    ("case", "day", "wall", "starts_at", "ends_at", "odd"),
    [  # New York: 02:00-03:00 is skipped on 2026-03-08, 01:00-02:00 comes twice on 2026-11-01
        ("start skipped", "2026-03-08", "02:30-11:00", "2026-03-08T07:30", "2026-03-08T15:00", (SKIPPED,)),
        ("end skipped", "2026-03-07", "19:00-02:30", "2026-03-08T00:00", "2026-03-08T07:30", (SKIPPED,)),
        ("start twice", "2026-11-01", "01:30-10:00", "2026-11-01T05:30", "2026-11-01T15:00", (TWICE,)),
        ("end twice", "2026-10-31", "19:00-01:30", "2026-10-31T23:00", "2026-11-01T05:30", (TWICE,)),
        ("nothing left", "2026-03-08", "02:15-03:10", "2026-03-08T07:15", "2026-03-08T07:15", (SKIPPED,)),
        ("both skipped", "2026-03-08", "02:15-02:45", "2026-03-08T07:15", "2026-03-08T07:45", (SKIPPED, SKIPPED)),
    ],
)
def test_a_skipped_hour_moves_on_and_a_repeated_one_is_its_first(
    case: str, day: str, wall: str, starts_at: str, ends_at: str, odd: tuple[Irregularity, ...]
) -> None:
    shift = _one_shift(day, wall, NEW_YORK)
    assert (shift.starts_at, shift.ends_at) == (utc(starts_at), utc(ends_at))
    assert shift.irregularities == odd


def test_a_meal_longer_than_the_shift_leaves_no_paid_time() -> None:
    assert _one_shift("2026-02-10", "07:00-07:20", CHICAGO).paid_minutes == 0


def test_a_zone_that_does_not_exist_is_named() -> None:
    with pytest.raises(UnknownTimeZone):
        expected_shifts(some_terms(), a_facility(time_zone="America/Springfield"))


def _days(terms: Terms, starts: Weekday = Weekday.SUN) -> list[str]:
    shifts = expected_shifts(terms, a_facility(workweek_starts=starts))
    return [f"{weekday_of(shift.work_date)} {shift.work_date}" for shift in shifts]


UNTOLD = days_12(weekdays=())


@pytest.mark.parametrize(
    ("case", "pattern", "first", "last", "expected"),
    [
        (
            "agreed days",
            days_12(),
            "2026-01-06",
            "2026-01-13",
            ["tue 2026-01-06", "wed 2026-01-07", "mon 2026-01-12", "tue 2026-01-13"],
        ),
        (
            "untold: the first days of each workweek",
            UNTOLD,
            "2026-01-05",
            "2026-01-14",
            [
                "mon 2026-01-05",
                "tue 2026-01-06",
                "wed 2026-01-07",
                "sun 2026-01-11",
                "mon 2026-01-12",
                "tue 2026-01-13",
            ],
        ),
        (
            "untold: a short first week has no more shifts than days",
            UNTOLD,
            "2026-01-09",
            "2026-01-15",
            ["fri 2026-01-09", "sat 2026-01-10", "sun 2026-01-11"],
        ),
        ("untold: one day", days_12(weekdays=(), shifts_per_week=1), "2026-01-10", "2026-01-10", ["sat 2026-01-10"]),
        ("agreed days that never come", days_12(), "2026-01-08", "2026-01-10", []),
    ],
)
def test_which_days_are_worked(case: str, pattern: ShiftPattern, first: str, last: str, expected: list[str]) -> None:
    terms = some_terms(shift_pattern=pattern, start_date=date.fromisoformat(first), end_date=date.fromisoformat(last))
    assert _days(terms) == expected


def test_the_workweek_is_the_facilitys() -> None:
    terms = some_terms(shift_pattern=UNTOLD, end_date=date(2026, 1, 14))
    assert _days(terms, Weekday.TUE) == [
        "mon 2026-01-05",
        "tue 2026-01-06",
        "wed 2026-01-07",
        "thu 2026-01-08",
        "tue 2026-01-13",
        "wed 2026-01-14",
    ]


def test_days_the_facility_schedules_are_provisional_and_the_first_are_orientation() -> None:
    shifts = expected_shifts(some_terms(shift_pattern=UNTOLD), a_facility(orientation_days=2))
    assert all(shift.provisional for shift in shifts)
    assert [shift.orientation for shift in shifts[:4]] == [True, True, False, False]
    assert not any(shift.provisional for shift in expected_shifts(some_terms(), a_facility()))


any_start = some.dates(date(2025, 1, 1), date(2027, 12, 31))
any_weekday = some.sampled_from(list(Weekday))


@given(any_start, any_weekday, some.integers(1, 7), some.integers(1, 26))
def test_full_weeks_hold_exactly_their_shifts_on_whatever_day_they_begin(
    start: date, workweek_starts: Weekday, shifts_per_week: int, weeks: int
) -> None:
    pattern = days_12(weekdays=(), shifts_per_week=shifts_per_week)
    terms = some_terms(start_date=start, end_date=start + timedelta(days=7 * weeks - 1), shift_pattern=pattern)
    facility = a_facility(workweek_starts=workweek_starts)
    shifts = expected_shifts(terms, facility)
    planned = planned_weeks(shifts, terms, workweek_starts=workweek_starts)
    assert len(shifts) == len({shift.work_date for shift in shifts}) == shifts_per_week * weeks
    assert all(shift.work_date in terms.period for shift in shifts)
    assert max(week.shifts for week in planned) <= shifts_per_week


@given(any_start, any_weekday, some.sampled_from([days_12(), nights_12(), UNTOLD]), some.integers(0, 100))
def test_weeks_share_out_every_shift_and_every_day(
    start: date, workweek_starts: Weekday, pattern: ShiftPattern, days: int
) -> None:
    terms = some_terms(start_date=start, end_date=start + timedelta(days=days), shift_pattern=pattern)
    shifts = expected_shifts(terms, a_facility(workweek_starts=workweek_starts))
    weeks = planned_weeks(shifts, terms, workweek_starts=workweek_starts)
    assert [day for week in weeks for day in week.days.days()] == list(terms.period.days())
    assert sum(week.planned.minutes for week in weeks) == sum(shift.paid_minutes for shift in shifts)
    assert all(week.week == week_of(week.days.last, workweek_starts) for week in weeks)


@given(any_start, some.times(), some.times(), some.sampled_from([NEW_YORK, PHOENIX, "Pacific/Honolulu"]))
def test_a_shift_never_runs_backwards_and_lasts_a_day_and_an_hour_at_most(
    day: date, starts_at: time, ends_at: time, zone: str
) -> None:
    shift = _one_shift(str(day), f"{starts_at:%H:%M}-{ends_at:%H:%M}", zone)
    assert 0 <= shift.elapsed_minutes <= 25 * 60
    assert shift.ends_at - shift.starts_at == timedelta(minutes=shift.elapsed_minutes)
    assert shift.starts_at.astimezone(zone_named(zone)).date() == day


def test_the_night_of_the_change_shows_in_its_week() -> None:
    terms = some_terms(shift_pattern=nights_12())
    weeks = planned_weeks(expected_shifts(terms, a_facility()), terms, workweek_starts=Weekday.SUN)
    assert weekly_hours(terms.shift_pattern).minutes == 36 * 60
    assert [str(week.planned) for week in weeks] == ["36.00"] * 8 + ["35.00"] + ["36.00"] * 4 + ["0.00"]
    assert {week.guaranteed_hours for week in weeks} == {Decimal(36)}
    assert [week.days.length_days for week in weeks] == [6] + [7] * 12 + [1]
