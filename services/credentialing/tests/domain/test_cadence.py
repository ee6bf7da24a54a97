"""When somebody is reminded that something runs out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentialing.domain.expirables.cadence import Urgency, notice_days, reminders

LAST = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("name", "lead", "is_licence", "days"),
    [
        ("a card of ten days", 11, False, (60, 30, 14, 7, 1)),
        ("a card that takes 45 days to renew", 46, False, (76, 60, 30, 14, 7, 1)),
        ("a licence of twelve weeks", 85, True, (120, 90, 60, 30, 7, 1)),
        ("a licence of four months", 121, True, (151, 120, 90, 60, 30, 7, 1)),
    ],
)
def test_the_first_step_leaves_the_usual_time_and_thirty_days(name, lead, is_licence, days):
    assert notice_days(lead, is_licence=is_licence) == days, name


def test_what_is_known_long_before_gets_every_step():
    coming = reminders(LAST, 11, today=date(2026, 1, 5))
    assert [one.due_on for one in coming] == [LAST - timedelta(days=n) for n in (60, 30, 14, 7, 1)]
    assert [one.urgency for one in coming] == ["due", "soon", "soon", "urgent", "last"]


def test_what_is_known_late_begins_with_the_latest_step_that_passed():
    assert [one.days_before for one in reminders(LAST, 11, today=LAST - timedelta(days=20))] == [30, 14, 7, 1]


def test_a_step_is_due_on_its_own_day_and_nothing_is_left_of_what_ran_out():
    assert [one.days_before for one in reminders(LAST, 11, today=LAST - timedelta(days=14))] == [14, 7, 1]
    assert [one.days_before for one in reminders(LAST, 11, today=LAST)] == [1]
    assert reminders(LAST, 11, today=LAST + timedelta(days=1)) == ()


@given(st.integers(0, 300), st.booleans(), st.integers(-400, 400))
def test_steps_come_nearer_and_never_become_less_urgent(lead, is_licence, known_before):
    coming = reminders(LAST, lead, today=LAST - timedelta(days=known_before), is_licence=is_licence)
    days = [one.days_before for one in coming]
    urgencies = [list(Urgency).index(one.urgency) for one in coming]
    assert days == sorted(set(days), reverse=True)
    assert urgencies == sorted(urgencies)
    assert notice_days(lead, is_licence=is_licence)[0] >= lead + 30
