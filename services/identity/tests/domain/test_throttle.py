"""How long the next attempt waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from identity.domain.throttle import (
    ACCOUNT,
    FORGOTTEN_AFTER,
    LONGEST_WAIT,
    Failures,
    counted,
    counters_of_sign_in,
    remaining,
    wait_after,
)

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("count", "seconds"), [(0, 0), (5, 0), (6, 1), (7, 2), (8, 4), (15, 512), (16, 900), (5000, 900)]
)
def test_the_wait_doubles_beyond_what_is_free(count, seconds):
    assert wait_after(count, ACCOUNT) == timedelta(seconds=seconds)


@given(st.integers(min_value=0, max_value=10**9))
def test_no_wait_is_longer_than_a_quarter_of_an_hour(count):
    assert timedelta() <= wait_after(count, ACCOUNT) <= LONGEST_WAIT


def test_failures_of_yesterday_are_forgotten():
    old = Failures(count=12, failed_at=NOW - FORGOTTEN_AFTER - timedelta(seconds=1), blocked_until=NOW)
    recent = Failures(count=12, failed_at=NOW - FORGOTTEN_AFTER, blocked_until=NOW)
    assert [counted(one, ACCOUNT, now=NOW).count for one in (None, old, recent)] == [1, 1, 13]


def test_a_wait_that_is_over_is_none():
    blocked = counted(Failures(count=5, failed_at=NOW, blocked_until=NOW), ACCOUNT, now=NOW)
    waits = [remaining(blocked, now=NOW + timedelta(seconds=seconds)) for seconds in (0, 1, 2)]
    assert waits == [timedelta(seconds=1), timedelta(), timedelta()]


def test_nobody_waits_for_an_attempt_beside_theirs_that_cost_nothing():
    beside = counted(None, ACCOUNT, now=NOW)
    assert remaining(beside, now=NOW - timedelta(milliseconds=5)) == timedelta()
    blocked = counted(Failures(count=5, failed_at=NOW, blocked_until=NOW), ACCOUNT, now=NOW)
    assert remaining(blocked, now=NOW - timedelta(milliseconds=5)) == timedelta(seconds=1, milliseconds=5)


def test_a_known_device_is_counted_apart_from_account_and_address():
    strange = counters_of_sign_in("ada@agency.example", address="203.0.113.7", device=None)
    known = counters_of_sign_in("ada@agency.example", address="203.0.113.7", device="d1")
    assert (len(strange), len(known)) == (2, 1)
    assert not {one.name for one in strange} & {one.name for one in known}
    assert not any("ada" in one.name or "203" in one.name for one in (*strange, *known))
