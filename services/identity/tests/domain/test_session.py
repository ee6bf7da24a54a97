"""How long a sign-in lasts, and whom it opens for."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.domain.session import IDLE, LONGEST, PENDING, Session, is_fresh, is_live, opens_for

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
