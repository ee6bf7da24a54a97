"""How far a principal reaches: by role, team, facility, source, clinician and grant."""

from datetime import UTC, datetime, timedelta

import pytest

from shared.principal import Grant, Principal
from shared.reach import EVERYTHING, Reach, reach_by, reach_of
from shared.roles import GRANTABLE, NEVER_BY_GRANT, ROLES, Field, Scope

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
ALLOWED = frozenset({"coordinator", "housing_specialist", "facility_approver", "clinician", "recruiter", "lead"})
ROW = {"assignment_id": "asg_1", "facility_id": "fac_1", "clinician_id": "cln_1", "source": "ats", "is_open": True}


def reached(principal: Principal, **asked: object) -> Reach:
    return reach_of(principal, ALLOWED, now=NOW, **asked)  # type: ignore[arg-type]


def somebody(*roles: str, **bounds: object) -> Principal:
    return Principal(subject="per_1", roles=frozenset(roles), **bounds)  # type: ignore[arg-type]


def a_grant(**given: object) -> Grant:
    values = {"id": "grt_1", "role": "housing_specialist", "until": NOW + timedelta(days=1), **given}
    return Grant(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize("role", ["lead", "recruiter", "coordinator", "housing_specialist"])
def test_staff_without_a_team_reaches_everything(role: str) -> None:
    assert reached(somebody(role)).is_all


@pytest.mark.parametrize("role", ["auditor", "administrator", "operator", "unheard_of", "virtual_specialist"])
def test_a_role_that_the_action_does_not_name_reaches_nothing(role: str) -> None:
    assert reached(somebody(role)).is_empty


@pytest.mark.parametrize("role", ["facility_approver", "clinician"])
def test_a_bounded_role_without_its_bound_reaches_nothing(role: str) -> None:
    assert reached(somebody(role)).is_empty


@pytest.mark.parametrize(
    ("principal", "column"),
    [
        (somebody("coordinator", team_facilities=frozenset({"fac_1"})), "facility_id"),
        (somebody("facility_approver", facilities=frozenset({"fac_1"})), "facility_id"),
        (somebody("clinician", clinician_id="cln_1"), "clinician_id"),
        (somebody("recruiter", sources=frozenset({"ats"})), "source"),
        (somebody("virtual_specialist", grants=(a_grant(assignments=frozenset({"asg_1"})),)), "assignment_id"),
    ],
)
def test_a_bound_opens_what_carries_it_and_nothing_else(principal: Principal, column: str) -> None:
    reach = reached(principal)
    assert not reach.is_all
    assert reach.covers(ROW)
    assert not reach.covers({**ROW, column: "another"})
    assert not reach.covers({name: value for name, value in ROW.items() if name != column})


def test_a_lead_with_a_team_still_reaches_everything() -> None:
    assert reached(somebody("lead", "coordinator", team_facilities=frozenset({"fac_9"}))).is_all


def test_a_grant_on_a_queue_opens_what_is_open() -> None:
    reach = reached(somebody("virtual_specialist", grants=(a_grant(),)))
    assert reach.covers(ROW)
    assert not reach.covers({**ROW, "is_open": False})
    assert not reach.covers({"clinician_id": "cln_1"})


@pytest.mark.parametrize(
    "grant", [a_grant(until=NOW), a_grant(until=NOW - timedelta(seconds=1)), a_grant(role="payroll_specialist")]
)
def test_a_grant_that_ended_or_is_for_another_role_opens_nothing(grant: Grant) -> None:
    assert reached(somebody("virtual_specialist", grants=(grant,))).is_empty


def test_what_is_private_is_opened_by_no_grant() -> None:
    assert reached(somebody("virtual_specialist", grants=(a_grant(),)), by_grant=False).is_empty
    assert {"private.reveal", "private.read", "private.record"} <= NEVER_BY_GRANT


def test_a_grant_shows_the_classes_it_names_and_no_others() -> None:
    bare = reached(somebody("virtual_specialist", grants=(a_grant(),)))
    shown = reached(somebody("virtual_specialist", grants=(a_grant(fields=frozenset({"contact", "unheard_of"})),)))
    assert bare.fields == frozenset()
    assert shown.fields == {Field.CONTACT}


def test_a_role_of_no_grant_given_is_not_made_wider_by_one() -> None:
    approver = somebody("facility_approver", facilities=frozenset({"fac_2"}), grants=(a_grant(),))
    assert not reached(approver).is_all


def test_the_service_itself_is_bounded_by_nothing() -> None:
    assert EVERYTHING.covers({})


def test_every_grantable_role_is_a_departments() -> None:
    assert all(ROLES[role].scope is Scope.TEAM for role in GRANTABLE)


@pytest.mark.parametrize(
    ("case", "principal", "action", "is_all", "is_empty"),
    [
        ("an account without grants", somebody("virtual_specialist"), "me.read", True, False),
        ("somebody with a team", somebody("coordinator", team_facilities=frozenset({"fac_1"})), "me.read", True, False),
        ("a role that is not allowed", somebody("auditor"), "me.read", False, True),
        ("an operator", somebody("operator"), "parked.read", True, False),
        ("a system of one source", somebody("operator", sources=frozenset({"ats"})), "parked.read", False, True),
        ("a system of one source", somebody("operator", sources=frozenset({"ats"})), "cases.read", False, False),
    ],
)
def test_some_actions_are_about_oneself_or_about_the_whole(
    case: str, principal: Principal, action: str, is_all: bool, is_empty: bool
) -> None:
    allowed = frozenset({"virtual_specialist", "coordinator", "operator"})
    found = reach_by(principal, action, allowed=allowed, now=NOW)
    assert (found.is_all, found.is_empty) == (is_all, is_empty)


def test_no_grant_opens_what_is_private() -> None:
    lent = somebody("virtual_specialist", grants=(a_grant(),))
    found = [reach_by(lent, action, allowed=ALLOWED, now=NOW).is_empty for action in ("cases.read", "private.read")]
    assert found == [False, True]
