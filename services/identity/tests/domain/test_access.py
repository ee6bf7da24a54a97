"""What a token says is what every service reads."""

from datetime import UTC, datetime

from identity.domain.access import Access, access_of, claims_of
from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.domain.session import Session
from shared.access.claims import principal_of
from shared.principal import Grant

NOW = datetime(2026, 1, 5, 15, tzinfo=UTC)


def test_what_is_written_is_read_back():
    grant = Grant(id="grt_1", role="payroll_specialist", until=NOW, assignments=frozenset({"asg_1"}))
    access = Access(
        subject="per_1",
        client_id="portal",
        roles=("lead",),
        authenticated_at=NOW,
        facilities=("fac_1",),
        team_facilities=("fac_2",),
        sources=("ats",),
        clinician_id="cln_1",
        grants=(grant,),
    )
    principal = principal_of(claims_of(access))
    assert (principal.subject, principal.roles, principal.authenticated_at) == ("per_1", frozenset({"lead"}), NOW)
    assert (principal.facilities, principal.team_facilities) == (frozenset({"fac_1"}), frozenset({"fac_2"}))
    assert (principal.sources, principal.clinician_id, principal.grants) == (frozenset({"ats"}), "cln_1", (grant,))


def test_a_person_is_let_in_as_their_account_says_today():
    profile = Profile(name="Ada", facilities=("fac_1",), team_facilities=("fac_2",))
    person = Person(person_id="per_1", email="a@b.example", profile=profile, roles=(Role.LEAD,))
    session = Session(
        session_id="ses_1",
        person_id="per_1",
        is_complete=True,
        methods=("pwd", "otp", "mfa"),
        authenticated_at=NOW,
        used_at=NOW,
    )
    access = access_of(person, session, client_id="portal", scope="openid", grants=())
    claims = claims_of(access)
    assert claims["roles"] == ["lead"] and claims["auth_time"] == int(NOW.timestamp())
    assert (claims["facilities"], claims["team_facilities"]) == (["fac_1"], ["fac_2"])
    assert "clinician_id" not in claims
