"""How long somebody stays signed in."""

from datetime import UTC, datetime, timedelta

import pytest

from portal.domain.browser_session import BrowserSession, Kind, is_back, is_live, is_to_note, is_usable, needs_renewal

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


def a_session(**minutes):
    """One that began just now, with these instants moved by minutes."""
    at = dict.fromkeys(("access_ends_at", "began_at", "seen_at"), NOW) | {"ends_at": NOW + timedelta(hours=12)}
    moved = {name: at[name] + timedelta(minutes=minutes.get(name, 0)) for name in at}
    return BrowserSession(session_hash="h", subject="per_1", kind=Kind.PERSON, tokens=b"", **moved)


@pytest.mark.parametrize(
    ("case", "session", "holds"),
    [
        ("just begun", a_session(), True),
        ("used 29 minutes ago", a_session(seen_at=-29), True),
        ("used half an hour ago", a_session(seen_at=-30), False),
        ("used now, begun 12 hours ago", a_session(ends_at=-12 * 60), False),
        ("used now, begun a minute less ago", a_session(ends_at=-12 * 60 + 1), True),
    ],
)
def test_a_session_holds_for_half_an_hour_without_use_and_twelve_hours_in_any_case(case, session, holds):
    assert is_live(session, NOW) is holds


def test_a_token_is_renewed_before_its_last_half_minute_and_is_good_until_its_end():
    ends = a_session().access_ends_at
    seconds = (-30, -29, -1, 0)
    asked = [ends + timedelta(seconds=second) for second in seconds]
    assert [needs_renewal(a_session(), at) for at in asked] == [False, True, True, True]
    assert [is_usable(a_session(), at) for at in asked] == [True, True, True, False]


def test_identity_hears_of_a_use_after_a_pause_of_five_minutes():
    assert [is_back(a_session(), NOW + timedelta(seconds=second)) for second in (299, 300)] == [False, True]


def test_a_use_is_noted_once_a_minute():
    noted = [is_to_note(a_session(), NOW + timedelta(seconds=second)) for second in (0, 59, 60)]
    assert noted == [False, False, True]
