"""Links: whom they let in, how often, until when."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from identity.domain.access_errors import LinkOver
from identity.domain.link import VISIT, Audience, Link, access_by, is_visit, link_findings, revoke, used

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)
END = NOW + timedelta(days=3)


def a_link(**overrides):
    link = Link(
        link_id="lnk_1",
        audience=Audience.CLINICIAN,
        clinician_id="cln_1",
        facility_id=None,
        purpose="upload_documents",
        digest="d",
        made_by="per_1",
        made_at=NOW,
        expires_at=END,
        uses_left=2,
    )
    return replace(link, **overrides)


def test_a_link_is_used_as_often_as_it_says():
    link, left = a_link(uses_left=2), []
    while after := used(link, NOW, visit="v"):
        link = after
        left.append(link.uses_left)
    assert left == [1, 0]


@pytest.mark.parametrize(
    ("case", "link", "now", "is_live"),
    [
        ("just before its end", a_link(), END - timedelta(microseconds=1), True),
        ("at its end", a_link(), END, False),
        ("revoked", revoke(a_link(), NOW), NOW, False),
    ],
)
def test_a_link_that_is_over_lets_nobody_in(case, link, now, is_live):
    assert (used(link, now, visit="v") is not None) is is_live


def test_a_visit_goes_on_though_the_link_is_used_up_until_its_own_end_or_the_links():
    begun = used(a_link(uses_left=1, expires_at=NOW + 2 * VISIT), NOW, visit="v")
    assert begun is not None
    moment = timedelta(microseconds=1)
    assert [is_visit(begun, at, visit="v") for at in (NOW + VISIT - moment, NOW + VISIT)] == [True, False]
    assert not is_visit(begun, NOW, visit="w")
    assert not is_visit(revoke(begun, NOW), NOW, visit="v")
    assert not is_visit(replace(begun, expires_at=NOW + moment), NOW + moment, visit="v")


def test_visits_that_are_over_are_forgotten_with_the_next():
    link = a_link(expires_at=NOW + 3 * VISIT)
    for after, digest in ((timedelta(0), "a"), (VISIT / 2, "b"), (VISIT, "c")):
        link = used(replace(link, uses_left=1), NOW + after, visit=digest)
    assert [one.digest for one in link.visits] == ["b", "c"]


def test_a_link_that_is_used_up_can_still_be_revoked_but_only_once():
    revoked = revoke(a_link(uses_left=0), NOW)
    assert revoked.revoked_at == NOW
    with pytest.raises(LinkOver):
        revoke(revoked, NOW)
    with pytest.raises(LinkOver):
        revoke(a_link(), END)


@pytest.mark.parametrize(
    ("audience", "clinician", "facility", "found"),
    [
        ("clinician", "cln_1", None, []),
        ("facility_approver", None, "fac_1", []),
        ("clinician", None, None, [("/clinician_id", "missing")]),
        ("status_reader", "cln_1", None, [("/clinician_id", "not_for_audience"), ("/assignment_id", "missing")]),
        ("facility_approver", None, None, [("/facility_id", "missing")]),
        ("clinician", "cln_1", "fac_1", [("/facility_id", "not_for_audience")]),
        ("facility_approver", "cln_1", None, [("/clinician_id", "not_for_audience"), ("/facility_id", "missing")]),
    ],
)
def test_a_link_names_exactly_whom_it_is_for(audience, clinician, facility, found):
    findings = link_findings(Audience(audience), clinician_id=clinician, facility_id=facility)
    assert [(finding.pointer, finding.code) for finding in findings] == found


def test_access_by_a_link_is_one_clinician_or_one_facility():
    clinician = access_by(a_link())
    approver = access_by(a_link(audience=Audience.FACILITY_APPROVER, clinician_id=None, facility_id="fac_1"))
    assert (clinician.subject, clinician.roles, clinician.clinician_id, clinician.facilities) == (
        "lnk_1",
        ("clinician",),
        "cln_1",
        (),
    )
    assert (approver.roles, approver.clinician_id, approver.facilities) == (("facility_approver",), None, ("fac_1",))


def test_a_link_to_follow_an_assignment_names_it_and_is_a_grant_that_ends_with_the_link():
    assert link_findings(Audience.STATUS_READER, clinician_id=None, facility_id=None, assignment_id="asg_1") == ()
    link = a_link(audience=Audience.STATUS_READER, clinician_id=None, assignment_id="asg_1")
    access = access_by(link)
    [grant] = access.grants
    assert (access.roles, access.clinician_id, access.facilities) == ((), None, ())
    assert (grant.role, grant.assignments, grant.until) == ("status_reader", frozenset({"asg_1"}), END)
    assert not grant.fields
