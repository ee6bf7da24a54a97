"""Erasures take two people."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from identity.domain.access_errors import ErasureConfirmed, ErasureNeedsAnother
from identity.domain.acting import person_behind
from identity.domain.erasure import Erasure, blanked, confirm, erased_event, is_person
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from shared.principal import Principal

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
ASKED = Erasure(erasure_id="ers_1", subject="per_9", reason="Asked in writing", asked_by="per_1", asked_at=NOW)


def test_an_erasure_takes_two_people():
    """INVARIANT: nobody is erased by one person alone.

    What breaks it: comparing the client that acts instead of the person behind it, or dropping the comparison.
    """
    with pytest.raises(ErasureNeedsAnother):
        confirm(ASKED, confirmed_by="per_1", now=NOW)
    assert confirm(ASKED, confirmed_by="per_2", now=NOW).is_confirmed


def test_a_client_counts_as_the_person_it_acts_for():
    assert person_behind(Principal(subject="portal", on_behalf_of="per_1")) == "per_1"
    assert person_behind(Principal(subject="per_1")) == "per_1"


def test_there_is_no_second_confirmation():
    with pytest.raises(ErasureConfirmed):
        confirm(confirm(ASKED, confirmed_by="per_2", now=NOW), confirmed_by="per_3", now=NOW)


def test_services_hear_whom_to_forget_and_since_when_it_is_owed():
    event = erased_event(replace(ASKED, confirmed_at=datetime(2026, 2, 1, tzinfo=UTC)))
    assert (event.subject, event.requested_on) == ("per_9", date(2026, 1, 5))


def test_of_an_account_only_the_id_is_left():
    profile = Profile(name="Ana", team="west", facilities=("fac_1",), team_facilities=("fac_2",), time_zone="UTC")
    left = blanked(Person(person_id="per_9", email="ana@example.org", profile=profile, roles=(Role.LEAD,)))
    assert left == Person(
        person_id="per_9",
        email="per_9@erased.invalid",
        profile=Profile(name="erased"),
        roles=(),
        is_active=False,
    )


def test_the_id_says_whether_somebody_has_an_account():
    assert (is_person("per_9"), is_person("cln_9")) == (True, False)
