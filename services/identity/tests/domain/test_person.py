"""Accounts: who may change what, and what others hear."""

import pytest

from identity.domain.errors import AccountDisabled, LastAdministrator, NotOnesOwnAccount, NotOnesOwnRoles
from identity.domain.person import Person, Profile, changed, disabled, email_key, enabled, with_profile, with_roles
from identity.domain.roles import NEED_SECOND_FACTOR, Role, needs_second_factor

OTHERS = ("per_1", "per_2")


def a_person(*roles, **changes):
    values = {"person_id": "per_1", "email": "ada@agency.example", "profile": Profile(name="Ada"), **changes}
    return Person(roles=roles or (Role.COORDINATOR,), **values)


def test_roles_are_all_those_from_now_on_each_once():
    after = with_roles(a_person(), [Role.LEAD, Role.AUDITOR, Role.LEAD], by="per_2", administrators=OTHERS)
    assert after.roles == (Role.AUDITOR, Role.LEAD)


@pytest.mark.parametrize(
    ("case", "person", "by", "refusal"),
    [
        ("oneself", a_person(), "per_1", NotOnesOwnRoles),
        ("a closed account", a_person(is_active=False), "per_2", AccountDisabled),
        ("the last administrator", a_person(Role.ADMINISTRATOR), "per_2", LastAdministrator),
    ],
)
def test_roles_are_not_changed_of(case, person, by, refusal):
    with pytest.raises(refusal):
        with_roles(person, [Role.LEAD], by=by, administrators=["per_1"])


def test_the_last_administrator_may_get_further_roles():
    after = with_roles(
        a_person(Role.ADMINISTRATOR),
        [Role.ADMINISTRATOR, Role.LEAD],
        by="local-administrator",
        administrators=["per_1"],
    )
    assert after.roles == (Role.ADMINISTRATOR, Role.LEAD)


@pytest.mark.parametrize(
    ("case", "person", "by", "administrators", "refusal"),
    [
        ("oneself", a_person(Role.ADMINISTRATOR), "per_1", OTHERS, NotOnesOwnAccount),
        ("a closed account", a_person(is_active=False), "per_2", OTHERS, AccountDisabled),
        ("the last administrator", a_person(Role.ADMINISTRATOR), "per_2", ("per_1",), LastAdministrator),
    ],
)
def test_an_account_is_not_disabled_of(case, person, by, administrators, refusal):
    with pytest.raises(refusal):
        disabled(person, by=by, administrators=administrators)


def test_a_disabled_account_takes_nothing_but_being_enabled():
    closed = disabled(a_person(), by="per_2", administrators=OTHERS)
    with pytest.raises(AccountDisabled):
        with_profile(closed, Profile(name="Bo"))
    assert enabled(closed) == a_person()


def test_others_hear_the_whole_present_state_and_no_facilities():
    person = a_person(profile=Profile(name="Ada", team="north", facilities=("fac_1",), time_zone="America/Chicago"))
    said = changed(person)
    assert (said.name, said.team, said.time_zone, said.roles) == ("Ada", "north", "America/Chicago", ("coordinator",))


def test_two_spellings_of_an_address_are_one():
    assert email_key(" Ada@Agency.example ") == email_key("ada@agency.EXAMPLE")


def test_who_decides_over_money_or_people_needs_a_second_factor():
    assert {role for role in Role if needs_second_factor([role])} == NEED_SECOND_FACTOR
    assert {Role.ADMINISTRATOR, Role.PAYROLL_APPROVER, Role.LEAD} == NEED_SECOND_FACTOR
