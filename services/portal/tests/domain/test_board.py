"""The columns of the start board, and what is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.domain.board import MOST_DAY_COLUMNS, MOST_DAYS, By, Window, is_late

THURSDAY = date(2026, 1, 1)


def test_weeks_begin_on_mondays_and_the_first_and_last_are_cut_to_the_window():
    window = Window(first=THURSDAY, days=14)
    assert window.columns() == (
        (date(2026, 1, 1), date(2026, 1, 4)),
        (date(2026, 1, 5), date(2026, 1, 11)),
        (date(2026, 1, 12), date(2026, 1, 14)),
    )


def test_a_window_by_day_has_a_column_for_each_day_up_to_what_fits():
    assert len(Window(first=THURSDAY, days=5, by=By.DAY).columns()) == 5
    assert len(Window(first=THURSDAY, days=60, by=By.DAY).columns()) == MOST_DAY_COLUMNS


@pytest.mark.parametrize("days", [0, -1, MOST_DAYS + 1])
def test_a_window_that_shows_nothing_or_too_much_is_refused(days):
    with pytest.raises(ValueError, match="1 to 92 days"):
        Window(first=THURSDAY, days=days)


@given(
    first=st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1)),
    days=st.integers(min_value=1, max_value=MOST_DAYS),
    by=st.sampled_from([By.WEEK, By.DAY]),
)
def test_every_day_of_a_window_lies_in_the_column_of_its_number(first, days, by):
    window = Window(first=first, days=days, by=by)
    columns = window.columns()
    for number in range((window.end - first).days):
        day = first + timedelta(days=number)
        begin, last = columns[(day - window.origin).days // window.column_days]
        assert begin <= day <= last


@pytest.mark.parametrize(
    ("state", "start", "late"),
    [
        ("cleared", THURSDAY - timedelta(days=1), True),
        ("cleared", THURSDAY, False),
        ("active", THURSDAY - timedelta(days=1), False),
        ("fell_off", THURSDAY - timedelta(days=1), False),
    ],
)
def test_late_is_what_should_have_started_and_still_may(state, start, late):
    assert is_late(state, start, today=THURSDAY) is late
