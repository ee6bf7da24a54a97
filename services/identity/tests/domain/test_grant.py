"""Grants: who may receive what, and for how long."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.access import Access, claims_of
from identity.domain.access_errors import GrantOver, GrantToOneself, TooManyGrants
from identity.domain.grant import GrantRequest, give, given_event, grant_findings, revoke, revoked_event
from identity.domain.roles import Role
from shared.access.tokens import LONGEST_TOKEN
from shared.principal import Grant as Carried
from shared.roles import Field

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
VIRTUAL = (Role.VIRTUAL_SPECIALIST,)


def a_request(**overrides):
    asked = GrantRequest(
        person_id="per_v",
        role="credentialing_specialist",
        assignments=("asg_1",),
        is_queue=False,
        until=NOW + timedelta(days=30),
        fields=("contact",),
        reason="Backlog",
    )
    return replace(asked, **overrides)


def a_grant(asked=None, held=(), given_by="per_lead"):
    return give(asked or a_request(), held=held, grant_id="grt_1", given_by=given_by, now=NOW)


@pytest.mark.parametrize(
    ("case", "asked", "roles", "found"),
    [
        ("lawful", a_request(), VIRTUAL, []),
        ("a queue", a_request(assignments=(), is_queue=True), VIRTUAL, []),
        ("the longest there is", a_request(until=NOW + timedelta(days=90)), VIRTUAL, []),
        ("too long", a_request(until=NOW + timedelta(days=90, seconds=1)), VIRTUAL, [("/until", "too_late")]),
        ("over already", a_request(until=NOW), VIRTUAL, [("/until", "in_the_past")]),
        ("a role of the front", a_request(role="recruiter"), VIRTUAL, [("/role", "not_one_of")]),
        ("a role to rule", a_request(role="administrator"), VIRTUAL, [("/role", "not_one_of")]),
        ("nobody", a_request(), None, [("/person_id", "unknown_person")]),
        ("staff", a_request(), (Role.PAYROLL_SPECIALIST,), [("/person_id", "not_a_virtual_specialist")]),
        ("nothing", a_request(assignments=()), VIRTUAL, [("/assignments", "missing")]),
        ("both", a_request(is_queue=True), VIRTUAL, [("/queue", "queue_and_assignments")]),
        ("twice", a_request(assignments=("asg_1", "asg_1")), VIRTUAL, [("/assignments/1", "repeated")]),
        (
            "all at once",
            a_request(role="boss", assignments=(), until=NOW),
            None,
            [
                ("/person_id", "unknown_person"),
                ("/role", "not_one_of"),
                ("/assignments", "missing"),
                ("/until", "in_the_past"),
            ],
        ),
    ],
)
def test_a_request_is_judged_whole(case, asked, roles, found):
    findings = grant_findings(asked, roles_held=roles, now=NOW)
    assert [(finding.pointer, finding.code) for finding in findings] == found


def test_nobody_gives_to_themselves():
    """INVARIANT: nobody widens their own access.

    What breaks it: comparing the acting client instead of the person it acts for, or leaving the comparison out.
    """
    with pytest.raises(GrantToOneself):
        a_grant(given_by="per_v")


@pytest.mark.parametrize(
    ("case", "held"),
    [
        ("as many grants as there may be", [a_grant()] * 5),
        ("as many assignments", [a_grant(a_request(assignments=tuple(f"asg_{n}" for n in range(100))))]),
    ],
)
def test_nobody_holds_more_than_a_token_carries(case, held):
    assert a_grant(held=held[1:]).grant_id == "grt_1"
    with pytest.raises(TooManyGrants):
        a_grant(held=held)


def test_a_grant_ends_by_itself_or_by_somebody_and_only_once():
    grant = a_grant()
    ended = revoke(grant, revoked_by="per_lead", reason="done", now=NOW)
    assert (grant.is_live(grant.until - timedelta(microseconds=1)), grant.is_live(grant.until)) == (True, False)
    assert not ended.is_live(NOW)
    for over, now in ((ended, NOW), (grant, grant.until)):
        with pytest.raises(GrantOver):
            revoke(over, revoked_by="per_lead", reason="done", now=now)


def test_others_hear_who_gave_and_who_took_back():
    ended = revoke(a_grant(), revoked_by="per_other", reason="done", now=NOW)
    given, revoked = given_event(ended), revoked_event(ended)
    assert (given.given_by, given.reason, given.assignments) == ("per_lead", "Backlog", ("asg_1",))
    assert (revoked.revoked_by, revoked.reason, revoked.person_id) == ("per_other", "done", "per_v")


def test_a_token_with_all_that_somebody_may_hold_is_still_accepted():
    """At most 8,192 characters (`shared/access/tokens.py`), of which the header and the signature take about 200."""
    grant = Carried(
        id=f"grt_{'0' * 26}",
        role="credentialing_specialist",
        until=NOW,
        assignments=frozenset(f"asg_{number:026}" for number in range(20)),
        fields=frozenset(field.value for field in Field),
    )
    access = Access(subject=f"per_{'0' * 26}", client_id="portal", roles=("virtual_specialist",), grants=(grant,) * 5)
    claims = {**claims_of(access), "iss": "x" * 200, "aud": "firstshift", "iat": 10**9, "exp": 10**9, "jti": "x" * 36}
    assert len(json.dumps(claims, separators=(",", ":"))) * 4 // 3 + 200 < LONGEST_TOKEN
