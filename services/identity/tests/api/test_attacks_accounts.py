"""Attacks on accounts by those who have one: two for one address, more than one may give, side by side."""

import asyncio
from datetime import timedelta

import pytest

from identity.domain.roles import DEPARTMENT_SPECIALISTS
from services.identity.tests.api.browser import ADA, PASSWORD, invited
from shared.clock import SystemClock
from shared.contracts.identity import GrantGiven, PersonErased
from shared.ids import new_uuid
from shared.roles import GRANTABLE, ROLES

BY_LINK = "urn:firstshift:grant-type:link"
CLINICIAN = f"cln_{'0' * 26}"


def signed(issuer, subject, *roles, **claims):
    token = issuer.token(*roles, subject=subject, signed_in_minutes_ago=0, **claims)
    return {"Authorization": f"Bearer {token}", "Idempotency-Key": str(new_uuid())}


@pytest.mark.parametrize(
    ("case", "first", "second", "status"),
    [
        ("capitals", "ada@agency.example", "ADA@AGENCY.EXAMPLE", 409),
        ("wide letters", "ada@agency.example", "\uff41da@agency.example", 409),
        ("the sign for kelvin", "karl@agency.example", "\u212aarl@agency.example", 409),
        ("an accent apart", "\u00e9va@agency.example", "e\u0301va@agency.example", 409),
        ("sharp s", "strasse@agency.example", "stra\u00dfe@agency.example", 409),
        ("a space of no width", "ada@agency.example", "ada\u200b@agency.example", 422),
        ("writing backwards", "ada@agency.example", "\u202eada@agency.example", 422),
    ],
)
async def test_two_accounts_never_share_what_people_read_as_one_address(api, keys, case, first, second, status):
    await invited(api, email=first)
    answer = await api.post("/v1/people", {**ADA, "email": second}, role="administrator")
    assert answer.status_code == status


async def test_an_invitation_lets_one_of_two_at_once_in(api, keys):
    """INVARIANT: of two who hold one invitation the second learns nothing and sets nothing.

    What breaks it: looking whether it was used before using it up.
    """
    code = (await invited(api))["code"]
    bodies = [{"code": code, "password": PASSWORD + word} for word in (" one", " two")]
    answers = await asyncio.gather(*(api.client.post("/v1/invitations:accept", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_a_link_is_used_as_often_as_it_says_also_at_once(api, keys):
    wanted = {"for": "clinician", "clinician_id": CLINICIAN, "purpose": "upload_documents", "uses": 2}
    form = {"grant_type": BY_LINK, "link": (await api.post("/v1/links", wanted)).json()["token"]}
    answers = await asyncio.gather(*(api.client.post("/token", data=form) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 400, 400, 400]


async def test_two_administrators_do_not_disable_each_other_at_once(api, keys, issuer):
    """INVARIANT: there is always somebody who can open accounts.

    What breaks it: counting administrators without locking them.
    """
    ids = [
        (await invited(api, email=f"{name}@agency.example", roles=["administrator"]))["person_id"]
        for name in ("ada", "ben")
    ]
    answers = await asyncio.gather(
        *(
            api.client.post(f"/v1/people/{other}:disable", json={}, headers=signed(issuer, one, "administrator"))
            for one, other in (ids, reversed(ids))
        )
    )
    shown = [(await api.get(f"/v1/people/{one}")).json()["is_active"] for one in ids]
    assert (sorted(answer.status_code for answer in answers)[0], sorted(shown)) == (200, [False, True])


async def test_administrators_give_themselves_nothing(api, keys, issuer):
    person = await invited(api, roles=["administrator", "virtual_specialist"])
    place, headers = f"/v1/people/{person['person_id']}", signed(issuer, person["person_id"], "administrator")
    roles = await api.client.post(f"{place}:change-roles", json={"roles": ["administrator", "lead"]}, headers=headers)
    factor = await api.client.post(
        f"{place}:reset-second-factor", json={}, headers=signed(issuer, person["person_id"], "administrator")
    )
    assert (roles.json()["code"], factor.json()["code"]) == ("not_ones_own_roles", "not_ones_own_account")


@pytest.mark.parametrize("role", sorted(ROLES.keys() - GRANTABLE))
async def test_no_grant_lends_a_role_beyond_a_departments(api, keys, house, role):
    person = await invited(api, roles=["virtual_specialist"])
    until = (SystemClock().now() + timedelta(days=1)).isoformat()
    wanted = {"person_id": person["person_id"], "role": role, "queue": True, "until": until, "reason": "Cover"}
    answer = await api.post("/v1/grants", wanted)
    assert (answer.status_code, [fault["pointer"] for fault in answer.json()["errors"]]) == (422, ["/role"])
    assert await house.said(GrantGiven) == []


def test_what_may_be_granted_is_the_same_everywhere():
    assert {role.value for role in DEPARTMENT_SPECIALISTS} == GRANTABLE


async def test_who_asked_for_an_erasure_confirms_it_by_no_other_sign_in(api, keys, issuer, house):
    """INVARIANT: two people erase; another session, another role or a client in between makes no second one.

    What breaks it: comparing tokens, sessions or whoever acts instead of the person behind.
    """
    wanted = {"subject": CLINICIAN, "reason": "Asked in writing"}
    asked = await api.client.post("/v1/erasures", json=wanted, headers=signed(issuer, "per_1", "lead"))
    confirm = f"/v1/erasures/{asked.json()['erasure_id']}:confirm"
    answers = [
        await api.client.post(confirm, json={}, headers=signed(issuer, "per_1", *roles))
        for roles in (["lead"], ["administrator"], ["lead", "administrator"])
    ]
    assert (asked.status_code, {answer.status_code for answer in answers}) == (201, {answers[0].status_code})
    assert {answer.json()["code"] for answer in answers} == {"erasure_needs_another"}
    assert await house.said(PersonErased) == []
    other = await api.client.post(confirm, json={}, headers=signed(issuer, "per_2", "lead"))
    assert other.status_code == 200
