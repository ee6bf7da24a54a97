"""Grants over HTTP."""

from datetime import timedelta

import pytest

from identity.domain.person import Person, Profile
from identity.domain.roles import Role
from identity.storage import grants, people
from shared.clock import SystemClock
from shared.contracts.identity import GrantGiven, GrantRevoked
from shared.principal import Grant, Principal

UNTIL = SystemClock().now() + timedelta(days=30)
SOMEBODY = Principal(subject="per_somebody")
REMOTE, STAFF, GONE = (f"per_{digit * 26}" for digit in "012")
ASSIGNMENT = f"asg_{'0' * 26}"


@pytest.fixture(autouse=True)
async def accounts(works):
    """A virtual specialist, one of the staff, and a virtual specialist whose account is closed."""
    rows = (
        (REMOTE, Role.VIRTUAL_SPECIALIST, True),
        (STAFF, Role.RECRUITER, True),
        (GONE, Role.VIRTUAL_SPECIALIST, False),
    )
    async with works.begin(SOMEBODY) as work:
        for person_id, role, is_active in rows:
            profile = Profile(name="Remote Specialist")
            email = f"{person_id}@example.org"
            person = Person(person_id=person_id, email=email, profile=profile, roles=(role,), is_active=is_active)
            await people.save(work.session, person)


@pytest.fixture
def asked():
    return {
        "person_id": REMOTE,
        "role": "credentialing_specialist",
        "assignments": [ASSIGNMENT],
        "until": UNTIL.isoformat(),
        "fields": ["contact"],
        "reason": "Backlog before the spring starts",
    }


async def carried(works):
    """What the virtual specialist's next token would carry."""
    async with works.begin(SOMEBODY) as work:
        return await grants.grants_for(work, REMOTE)


async def test_a_grant_is_carried_by_tokens_until_it_ends(api, works, house, asked):
    answer = await api.post("/v1/grants", asked)
    shown = answer.json()
    grant = Grant(
        id=shown["grant_id"],
        role="credentialing_specialist",
        until=UNTIL,
        assignments=frozenset({ASSIGNMENT}),
        fields=frozenset({"contact"}),
    )
    [said] = await house.said(GrantGiven)
    assert (answer.status_code, shown["given_by"], shown["queue"]) == (201, "per_lead", False)
    assert (said.grant_id, said.person_id, said.given_by) == (shown["grant_id"], REMOTE, "per_lead")
    assert await carried(works) == (grant,)
    async with works.begin(SOMEBODY) as work:
        assert await grants.live_of(work.session, REMOTE, now=UNTIL) == []


async def test_who_is_no_virtual_specialist_any_more_carries_nothing(api, works, asked):
    await api.post("/v1/grants", asked)
    roles = {"roles": ["coordinator"]}
    assert (await api.post(f"/v1/people/{REMOTE}:change-roles", roles, role="administrator")).status_code == 200
    assert await carried(works) == ()


async def test_a_queue_is_granted_without_naming_assignments(api, works, asked):
    shown = (await api.post("/v1/grants", asked | {"assignments": [], "queue": True})).json()
    [grant] = await carried(works)
    assert (shown["queue"], grant.assignments) == (True, frozenset())


async def test_a_revoked_grant_is_carried_no_more(api, works, house, asked):
    made = (await api.post("/v1/grants", asked)).json()
    path = f"/v1/grants/{made['grant_id']}:revoke"
    answer = await api.post(path, {"reason": "the backlog is done"}, role="administrator")
    again = await api.post(path, {"reason": "the backlog is done"}, role="administrator")
    [said] = await house.said(GrantRevoked)
    assert (answer.status_code, answer.json()["revoked_by"]) == (200, "per_administrator")
    assert (said.grant_id, said.reason, await carried(works)) == (made["grant_id"], "the backlog is done", ())
    assert (again.status_code, again.json()["code"]) == (409, "grant_over")
    assert await house.versions_said("identity.grant.v1") == {made["grant_id"]: [1, 2]}


async def test_grants_are_found_by_person_and_by_whether_they_hold(api, asked):
    made = (await api.post("/v1/grants", asked)).json()
    queries = ("", "?is_live=true", "?is_live=false", f"?person_id={REMOTE}", f"?person_id={STAFF}")
    now = [len((await api.get(f"/v1/grants{query}")).json()["items"]) for query in queries]
    await api.post(f"/v1/grants/{made['grant_id']}:revoke", {"reason": "done"})
    later = [len((await api.get(f"/v1/grants{query}")).json()["items"]) for query in queries]
    assert (now, later) == ([1, 1, 0, 1, 0], [1, 0, 1, 1, 0])


@pytest.mark.parametrize(
    ("case", "changes", "found"),
    [
        ("nobody", {"person_id": f"per_{'9' * 26}"}, [("/person_id", "unknown_person")]),
        ("staff", {"person_id": STAFF}, [("/person_id", "not_a_virtual_specialist")]),
        ("a closed account", {"person_id": GONE}, [("/person_id", "unknown_person")]),
        ("too powerful", {"role": "administrator"}, [("/role", "not_one_of")]),
        ("nothing", {"assignments": []}, [("/assignments", "missing")]),
        ("both", {"queue": True}, [("/queue", "queue_and_assignments")]),
        ("too long", {"until": "2099-04-06T00:00:00Z"}, [("/until", "too_late")]),
        ("over", {"until": "2026-01-05T14:59:59Z"}, [("/until", "in_the_past")]),
        ("without a zone", {"until": "2026-02-05T14:59:59"}, [("/until", "not_an_instant")]),
        ("at the end of time", {"until": "9999-12-31T23:59:59-12:00"}, [("/until", "too_large")]),
        ("too many", {"assignments": [f"asg_{n:026}" for n in range(51)]}, [("/assignments", "too_long")]),
        ("without a reason", {"reason": ""}, [("/reason", "too_short")]),
    ],
)
async def test_faults_are_named_and_nothing_is_given(api, works, asked, case, changes, found):
    refused = await api.post("/v1/grants", asked | changes)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == found
    assert await carried(works) == ()


async def test_nobody_gives_to_themselves(api, works, asked, issuer):
    """INVARIANT: nobody widens their own access, also a lead who is a virtual specialist besides.

    What breaks it: leaving the comparison out, or making it with anything but the verified subject of the token.
    """
    token = issuer.token("lead", "virtual_specialist", subject=REMOTE)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "own-grant"}
    refused = await api.client.post("/v1/grants", json=asked, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "grant_to_oneself")
    assert await carried(works) == ()


async def test_nobody_holds_more_than_a_token_carries(api, works, asked):
    answers = [await api.post("/v1/grants", asked) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [201] * 5 + [409]
    assert (answers[5].json()["code"], len(await carried(works))) == ("too_many_grants", 5)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "virtual_specialist", "operator"])
async def test_only_those_in_charge_give_and_take_back(api, works, asked, role):
    made = (await api.post("/v1/grants", asked)).json()
    answers = [
        await api.post("/v1/grants", asked, role=role),
        await api.post(f"/v1/grants/{made['grant_id']}:revoke", {"reason": "x"}, role=role),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert len(await carried(works)) == 1
