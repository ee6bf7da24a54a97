"""What other systems may do, and how their secrets take turns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.access_errors import ClientDisabled, SecretRevoked, TooManySecrets
from identity.domain.api_client import (
    ApiClient,
    ClientKind,
    Scope,
    access_by,
    disable,
    granted_scopes,
    issue_secret,
    live_secrets,
    registration_findings,
    revoke_secret,
    secret_of,
)
from shared.errors import NotFound

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
DAY = timedelta(days=1)


def a_secret(name="sec_1", days=90, now=NOW):
    return secret_of(name, digest=name, days=days, now=now)


def a_client(*secrets, **overrides):
    client = ApiClient(
        client_id="apc_1",
        name="Applicant tracking",
        kind=ClientKind.RECRUITER_SYSTEM,
        scopes=(Scope.RECRUITING,),
        sources=("ats", "crm"),
        networks=(),
        registered_by="per_1",
        registered_at=NOW,
        secrets=secrets or (a_secret(),),
    )
    return replace(client, **overrides)


def names(secrets):
    return [secret.secret_id for secret in secrets]


def test_a_rotation_never_leaves_the_client_without_a_secret():
    both = issue_secret(a_client(), a_secret("sec_2"), now=NOW)
    after = revoke_secret(both, "sec_1", now=NOW)
    assert (names(live_secrets(both, NOW)), names(live_secrets(after, NOW))) == (["sec_1", "sec_2"], ["sec_2"])


def test_a_third_live_secret_is_refused():
    both = issue_secret(a_client(), a_secret("sec_2"), now=NOW)
    with pytest.raises(TooManySecrets):
        issue_secret(both, a_secret("sec_3"), now=NOW)


@pytest.mark.parametrize("ended", ["revoked", "expired"])
def test_a_secret_that_ended_makes_room_and_is_forgotten(ended):
    both = issue_secret(a_client(a_secret(days=1)), a_secret("sec_2"), now=NOW)
    now = NOW + DAY if ended == "expired" else NOW
    both = revoke_secret(both, "sec_1", now=NOW) if ended == "revoked" else both
    assert names(issue_secret(both, a_secret("sec_3"), now=now).secrets) == ["sec_2", "sec_3"]


@pytest.mark.parametrize(
    ("moment", "later", "is_live"),
    [
        ("at once", timedelta(), True),
        ("just before its end", DAY - timedelta(microseconds=1), True),
        ("at its end", DAY, False),
    ],
)
def test_a_secret_ends_at_its_expiry(moment, later, is_live):
    assert bool(live_secrets(a_client(a_secret(days=1)), NOW + later)) is is_live


def test_a_disabled_client_has_no_live_secret_and_gets_none():
    over = disable(a_client(), NOW)
    assert (over.is_active, live_secrets(over, NOW)) == (False, ())
    with pytest.raises(ClientDisabled):
        issue_secret(over, a_secret("sec_2"), now=NOW)
    with pytest.raises(ClientDisabled):
        disable(over, NOW)


def test_a_secret_is_revoked_once_and_only_if_it_is_known():
    revoked = revoke_secret(a_client(), "sec_1", now=NOW)
    with pytest.raises(SecretRevoked):
        revoke_secret(revoked, "sec_1", now=NOW)
    with pytest.raises(NotFound):
        revoke_secret(revoked, "sec_2", now=NOW)


@pytest.mark.parametrize(
    ("case", "kind", "scopes", "sources", "networks", "found"),
    [
        ("a recruiter's system", "recruiter_system", ["recruiting"], ["ats"], ["203.0.113.0/24"], []),
        ("a vendor, who gets scopes later", "vms_vendor", [], ["vms"], [], []),
        ("an operator", "service_operator", ["operations"], [], [], []),
        (
            "a recruiter's system as operator",
            "recruiter_system",
            ["operations"],
            ["ats"],
            [],
            [("/scopes/0", "scope_not_for_kind")],
        ),
        ("a vendor as recruiter", "vms_vendor", ["recruiting"], ["vms"], [], [("/scopes/0", "scope_not_for_kind")]),
        (
            "a recruiter's system of nobody",
            "recruiter_system",
            [],
            [],
            [],
            [("/scopes", "missing"), ("/sources", "missing")],
        ),
        (
            "an operator of a source",
            "service_operator",
            ["operations"],
            ["ats"],
            [],
            [("/sources", "sources_not_for_kind")],
        ),
        (
            "everything twice",
            "recruiter_system",
            ["recruiting", "recruiting"],
            ["ats", "ats"],
            ["10.0.0.0/8", "10.0.0.0/8"],
            [("/scopes/1", "repeated"), ("/sources/1", "repeated"), ("/networks/1", "repeated")],
        ),
    ],
)
def test_a_description_is_judged_whole(case, kind, scopes, sources, networks, found):
    findings = registration_findings(
        ClientKind(kind), [Scope(scope) for scope in scopes], sources=sources, networks=networks
    )
    assert [(finding.pointer, finding.code) for finding in findings] == found


@pytest.mark.parametrize(
    ("asked", "granted"),
    [([], (Scope.RECRUITING,)), (["recruiting"], (Scope.RECRUITING,)), (["operations"], None), (["anything"], None)],
)
def test_a_token_has_no_scope_that_is_not_the_clients(asked, granted):
    assert granted_scopes(a_client(), asked) == granted


def test_access_is_a_role_on_the_clients_own_sources():
    access = access_by(a_client(), (Scope.RECRUITING,))
    assert (access.subject, access.roles, access.sources, access.scope) == (
        "apc_1",
        ("recruiter",),
        ("ats", "crm"),
        "recruiting",
    )
