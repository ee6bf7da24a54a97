"""How long a sign-in lasts, and whom it opens for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.access import TOKEN_LIVES
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.domain.session import IDLE, LONGEST, PENDING, UNHEARD, Session, is_fresh, is_live, opens_for, renewed

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SESSION = Session(
    session_id="ses_1", person_id="per_1", is_complete=True, methods=("pwd",), authenticated_at=NOW, used_at=NOW
)
ADA = Person(person_id="per_1", email="a@b.example", profile=Profile(name="Ada"), roles=(Role.COORDINATOR,))


@pytest.mark.parametrize(
    ("case", "session", "after", "lives"),
    [
        ("just used", SESSION, IDLE - SECOND, True),
        ("idle", SESSION, IDLE, False),
        ("used to the end", replace(SESSION, used_at=NOW + LONGEST - SECOND), LONGEST - SECOND, True),
        ("over", replace(SESSION, used_at=NOW + LONGEST - SECOND), LONGEST, False),
        ("ended", replace(SESSION, ended_at=NOW), SECOND, False),
        ("pending", replace(SESSION, is_complete=False), PENDING - SECOND, True),
        ("pending too long", replace(SESSION, is_complete=False), PENDING, False),
    ],
)
def test_a_session_lives(case, session, after, lives):
    assert is_live(session, now=NOW + after) is lives


@pytest.mark.parametrize(
    ("case", "after", "idle", "used_after"),
    [
        ("whoever does not say how long ago, uses it", IDLE - SECOND, None, IDLE - SECOND),
        ("and not once it is idle", IDLE, None, None),
        ("a page that is merely open is no use", IDLE - SECOND, IDLE - SECOND, timedelta(0)),
        ("and keeps nobody signed in", IDLE, IDLE, None),
        (
            "a use without a word to us counts when it is told",
            IDLE + UNHEARD - SECOND,
            SECOND,
            IDLE + UNHEARD - 2 * SECOND,
        ),
        ("and is not believed later", IDLE + UNHEARD, SECOND, None),
        ("a use does not go back", SECOND, LONGEST, timedelta(0)),
    ],
)
def test_a_client_that_renews_says_how_long_ago_its_person_did_something(case, after, idle, used_after):
    found = renewed(SESSION, now=NOW + after, idle=idle)
    assert (found and found.used_at) == (None if used_after is None else NOW + used_after)


def test_a_client_is_believed_for_as_long_as_it_can_use_a_token_without_a_word():
    assert UNHEARD == TOKEN_LIVES


def test_nothing_that_a_client_says_makes_a_session_longer_than_the_longest():
    at_work = replace(SESSION, used_at=NOW + LONGEST - SECOND)
    assert renewed(at_work, now=NOW + LONGEST, idle=timedelta(0)) is None
    assert renewed(replace(SESSION, ended_at=NOW), now=NOW, idle=timedelta(0)) is None


@pytest.mark.parametrize(
    ("case", "session", "person", "opens"),
    [
        ("a password alone", SESSION, ADA, True),
        ("an unfinished sign-in", replace(SESSION, is_complete=False), ADA, False),
        ("a closed account", SESSION, replace(ADA, is_active=False), False),
        ("a role that needs more", SESSION, replace(ADA, roles=(Role.LEAD,)), False),
        ("with more", replace(SESSION, methods=("pwd", "otp", "mfa")), replace(ADA, roles=(Role.LEAD,)), True),
    ],
)
def test_a_session_opens_for(case, session, person, opens):
    assert opens_for(session, person, now=NOW) is opens


def test_how_fresh_is_the_clients_to_say():
    later = NOW + timedelta(minutes=5)
    fresh = [is_fresh(SESSION, now=later, max_age=age) for age in (None, timedelta(minutes=5), timedelta(minutes=4))]
    assert fresh == [True, True, False]
