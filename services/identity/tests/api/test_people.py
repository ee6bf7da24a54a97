"""People over HTTP: who may, what is answered, what others hear, what a refusal leaves behind."""

import pytest
from sqlalchemy import text

from services.identity.tests.api.browser import ADA, PASSWORD, invited, settled
from shared.contracts.identity import AccessWithdrawn, PersonChanged
from shared.http.access import calls_in_threads, routes_without_policy, unused_actions
from shared.http.app import operations_without_examples
from shared.runtime.process import Process


@pytest.fixture
async def path(api):
    """Ada's account."""
    return f"/v1/people/{(await invited(api))['person_id']}"


async def as_administrator(api, path, body=None, **options):
    return await api.post(path, body, role="administrator", **options)


async def test_an_account_is_told_to_others_without_secrets(api, house):
    made = await invited(api, team="north", time_zone="America/Chicago")
    [said] = await house.said(PersonChanged)
    assert (said.person_id, said.email, said.roles) == (made["person_id"], ADA["email"], ("coordinator",))
    assert (said.team, said.time_zone, said.is_active, made["version"]) == ("north", "America/Chicago", True, 1)


async def test_an_address_belongs_to_one_account_however_it_is_spelt(api, house, path):
    refused = await as_administrator(api, "/v1/people", {**ADA, "email": "ADA.linden@Agency.example"})
    assert (refused.status_code, refused.json()["code"]) == (409, "email_taken")
    assert len(await house.said(PersonChanged)) == 1


async def test_a_code_is_answered_once_and_kept_nowhere(api, works):
    """INVARIANT: whoever reads the database cannot come in as somebody invited.

    What breaks it: keeping the code, in its table or in the answer beside the Idempotency-Key.
    """
    first = await as_administrator(api, "/v1/people", ADA, key="once")
    again = await as_administrator(api, "/v1/people", ADA, key="once")
    async with works.engine.connect() as connection:
        kept = [
            str(row)
            for table in ("idempotency", "invitation", "person", "outbox", "audit_entry")
            for row in (await connection.execute(text(f"SELECT t.*::text FROM {table} t"))).all()
        ]
    assert again.json() == first.json() | {"code": None}
    assert kept and not any(first.json()["code"] in row for row in kept)


async def test_an_invitation_sets_a_password_once(api, path):
    code = (await as_administrator(api, f"{path}:invite")).json()["code"]
    answers = [
        await api.client.post("/v1/invitations:accept", json={"code": code, "password": PASSWORD}) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[0].json() == {"person_id": path.rpartition("/")[2], "second_factor": None}


async def test_only_the_newest_invitation_is_valid(api):
    made = await invited(api)
    await as_administrator(api, f"/v1/people/{made['person_id']}:invite")
    refused = await api.client.post("/v1/invitations:accept", json={"code": made["code"], "password": PASSWORD})
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_not_valid")


async def test_an_unfit_password_is_refused_with_every_reason_and_the_invitation_lasts(api):
    made = await invited(api)
    refused = await api.client.post("/v1/invitations:accept", json={"code": made["code"], "password": "ada.linden"})
    assert (refused.status_code, refused.json()["code"]) == (422, "password_unfit")
    assert [fault["code"] for fault in refused.json()["errors"]] == ["too_short", "holds_email"]
    accepted = await api.client.post("/v1/invitations:accept", json={"code": made["code"], "password": PASSWORD})
    assert accepted.status_code == 200


async def test_roles_change_and_tokens_that_name_a_role_taken_are_refused(api, house, path):
    await as_administrator(api, f"{path}:change-roles", {"roles": ["coordinator", "recruiter"]})
    assert await house.said(AccessWithdrawn) == []
    answer = await as_administrator(api, f"{path}:change-roles", {"roles": ["recruiter"]})
    [withdrawn] = await house.said(AccessWithdrawn)
    assert (answer.json()["roles"], answer.headers["etag"]) == (["recruiter"], '"3"')
    assert (withdrawn.subject, withdrawn.reason) == (path.rpartition("/")[2], "roles_taken")
    assert [said.roles for said in await house.said(PersonChanged)][1:] == [
        ("coordinator", "recruiter"),
        ("recruiter",),
    ]


async def test_nobody_changes_their_own_roles(api, issuer, house):
    """INVARIANT: nobody gives themselves a role.

    What breaks it: comparing anything but the token's subject, or a second way to write roles.
    """
    made = await invited(api, roles=["administrator"])
    token = issuer.token("administrator", subject=made["person_id"], signed_in_minutes_ago=0)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "own"}
    path = f"/v1/people/{made['person_id']}:change-roles"
    refused = await api.client.post(path, json={"roles": ["administrator", "payroll_approver"]}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_ones_own_roles")
    assert len(await house.said(PersonChanged)) == 1


async def test_the_last_administrator_stays(api, house):
    first = await invited(api, roles=["administrator"])
    path = f"/v1/people/{first['person_id']}"
    refused = [
        (await as_administrator(api, f"{path}:disable")).json()["code"],
        (await as_administrator(api, f"{path}:change-roles", {"roles": ["lead"]})).json()["code"],
    ]
    await invited(api, email="bo@agency.example", roles=["administrator"])
    assert refused == ["last_administrator"] * 2
    assert (await as_administrator(api, f"{path}:disable")).status_code == 200


async def test_disabling_withdraws_access_and_enabling_gives_it_back(api, house, path):
    closed = await as_administrator(api, f"{path}:disable")
    again = await as_administrator(api, f"{path}:disable")
    changed = await as_administrator(api, f"{path}:change-roles", {"roles": ["lead"]})
    opened = await as_administrator(api, f"{path}:enable")
    [withdrawn] = await house.said(AccessWithdrawn)
    assert (closed.json()["is_active"], opened.json()["is_active"], opened.headers["etag"]) == (False, True, '"3"')
    assert (again.json()["code"], changed.json()["code"]) == ("account_disabled", "account_disabled")
    assert (withdrawn.reason, withdrawn.withdrawn_at.microsecond) == ("disabled", 0)


async def test_each_withdrawal_is_the_next_version_of_its_subject(api, house, path):
    for _ in range(2):
        assert (await api.post(f"{path}:sign-out")).status_code == 200
    assert await house.versions_said("identity.access.v1") == {path.rpartition("/")[2]: [1, 2]}


async def test_a_change_of_what_was_changed_meanwhile_is_refused(api, path):
    refused = await as_administrator(api, f"{path}:change-profile", {"name": "Ada L."}, if_match="7")
    assert (refused.status_code, refused.json()["code"]) == (412, "version_mismatch")
    changed = await as_administrator(api, f"{path}:change-profile", {"name": "Ada L."}, if_match="1")
    assert (changed.json()["name"], changed.headers["etag"]) == ("Ada L.", '"2"')


async def test_a_lost_app_is_reset_by_another_administrator(api, works):
    person = await settled(api, roles=["lead"])
    path = f"/v1/people/{person['person_id']}:reset-second-factor"
    answers = [await as_administrator(api, path), await as_administrator(api, path)]
    assert [answer.status_code for answer in answers] == [200, 409]


async def test_an_identity_of_outside_signs_in_one_person(api, path):
    other = f"/v1/people/{(await invited(api, email='bo@agency.example'))['person_id']}"
    body = {"issuer": "https://login.agency.example", "subject": "248289761001"}
    answers = [await as_administrator(api, f"{one}:link-outside", body) for one in (path, path, other)]
    await as_administrator(api, f"{path}:unlink-outside")
    answers.append(await as_administrator(api, f"{other}:link-outside", body))
    assert [answer.status_code for answer in answers] == [200, 200, 409, 200]


async def test_one_changes_ones_own_password_knowing_it(api, issuer):
    person = await settled(api)
    token = issuer.token("coordinator", subject=person["person_id"])
    told = []
    for number, present in enumerate(["not the right sentence", PASSWORD, PASSWORD]):
        body = {"present": present, "password": "another lamp by the closed door"}
        headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(number)}
        answer = await api.client.post("/v1/me:change-password", json=body, headers=headers)
        told.append(answer.json().get("code"))
    assert told == ["password_wrong", None, "password_wrong"]


async def test_new_recovery_codes_need_a_fresh_sign_in(api, issuer):
    person = await settled(api, roles=["lead"])
    token = issuer.token("lead", subject=person["person_id"])
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "codes"}
    refused = await api.client.post("/v1/me:renew-recovery-codes", json={}, headers=headers)
    assert refused.json()["code"] == "fresh_sign_in_needed"


@pytest.mark.parametrize(
    ("case", "changes", "pointer"),
    [
        ("no address", {"email": "ada"}, "/email"),
        ("an unknown role", {"roles": ["boss"]}, "/roles/0"),
        ("no name", {"name": " "}, "/name"),
        ("an unknown zone", {"time_zone": "Chicago"}, "/time_zone"),
        ("no facility's id", {"facilities": ["mercy"]}, "/facilities/0"),
        ("a field of ours", {"is_active": False}, "/is_active"),
    ],
)
async def test_faults_of_form_are_named_and_nothing_is_made(api, house, case, changes, pointer):
    refused = await as_administrator(api, "/v1/people", {**ADA, **changes})
    assert (refused.status_code, [fault["pointer"] for fault in refused.json()["errors"]]) == (422, [pointer])
    assert await house.said(PersonChanged) == []


@pytest.mark.parametrize("role", ["lead", "operator", "auditor", "recruiter"])
async def test_only_administrators_decide_about_accounts(api, house, path, role):
    commands = ("disable", "enable", "invite", "reset-second-factor", "unlink-outside")
    refused = [(await api.post(f"{path}:{command}", role=role)).status_code for command in commands]
    refused.append((await api.post("/v1/people", ADA, role=role)).status_code)
    assert refused == [403] * 6
    assert len(await house.said(PersonChanged)) == 1


async def test_people_are_found_by_the_beginning_of_name_or_address(api, path):
    asked = {
        "": 1,
        "?search=ada": 1,
        "?search=ADA.LIN": 1,
        "?search=linden": 0,
        "?search=%25": 0,
        "?is_active=false": 0,
    }
    found = {query: len((await api.get(f"/v1/people{query}")).json()["items"]) for query in asked}
    assert found == asked


async def test_every_route_has_a_policy_and_an_example_and_no_thread(process: Process):
    app = process.app(with_worker=False)
    assert (routes_without_policy(app), unused_actions(app), operations_without_examples(app)) == ([], [], [])
    assert calls_in_threads(app) == []
