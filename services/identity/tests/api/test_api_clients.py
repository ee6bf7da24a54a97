"""API clients over HTTP: what is shown once, what is never shown, who may."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from identity.clients.mint import is_well_formed
from identity.storage.tables.access import api_client
from shared.access.secret_texts import secret_hash
from shared.contracts.identity import AccessWithdrawn
from shared.http.idempotency_table import idempotency
from shared.principal import Principal

ADMIN = "administrator"
ATS = {"name": "Applicant tracking", "kind": "recruiter_system", "scopes": ["recruiting"], "sources": ["ats"]}


async def registered(api, **changes):
    answer = await api.post("/v1/api-clients", ATS | changes, role=ADMIN)
    assert answer.status_code == 201, answer.json()
    return answer.json()


async def stored(works, table):
    async with works.begin(Principal(subject="reader")) as work:
        return [dict(row) for row in (await work.session.execute(select(table))).mappings()]


async def test_a_registered_client_gets_a_secret_that_is_kept_nowhere(api, works):
    """INVARIANT: the text of a secret is in one answer and nowhere else.

    What breaks it: answering it through the door, which keeps answers beside their keys, or saving more than a digest.
    """
    answer = await api.post("/v1/api-clients", ATS, role=ADMIN, key="register-1")
    shown = answer.json()
    kept = repr(await stored(works, api_client)) + repr(await stored(works, idempotency))
    assert (answer.status_code, answer.headers["location"]) == (201, f"/v1/api-clients/{shown['client_id']}")
    assert is_well_formed(shown["secret"]) and shown["secret"].startswith("fs_live_")
    assert shown["secret"] not in kept and secret_hash(shown["secret"]) in kept
    assert "secret" not in (await api.get(answer.headers["location"], role=ADMIN)).json()


async def test_a_repeated_or_rehearsed_registration_shows_no_secret(api):
    first = await api.post("/v1/api-clients", ATS, role=ADMIN, key="register-1")
    again = await api.post("/v1/api-clients", ATS, role=ADMIN, key="register-1")
    rehearsed = await api.post("/v1/api-clients?validate_only=true", ATS, role=ADMIN)
    assert again.json() == first.json() | {"secret": None}
    assert (rehearsed.status_code, rehearsed.json()["secret"]) == (200, None)
    assert len((await api.get("/v1/api-clients", role=ADMIN)).json()["items"]) == 1


async def test_secrets_take_turns_without_a_pause(api, house):
    client = await registered(api)
    path = f"/v1/api-clients/{client['client_id']}"
    second = (await api.post(f"{path}:issue-secret", {"secret_expires_in_days": 30}, role=ADMIN)).json()
    refused = await api.post(f"{path}:issue-secret", {}, role=ADMIN)
    first_id, second_id = (secret["secret_id"] for secret in second["secrets"])
    revoked = await api.post(f"{path}/secrets/{first_id}:revoke", {"reason": "changed over"}, role=ADMIN)
    third = await api.post(f"{path}:issue-secret", {}, role=ADMIN)
    assert second["secret"] != client["secret"]
    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_secrets")
    assert [secret["revoked_at"] is None for secret in revoked.json()["secrets"]] == [False, True]
    assert third.json()["secrets"][0]["secret_id"] == second_id
    assert [said.subject for said in await house.said(AccessWithdrawn)] == [client["client_id"]]


async def test_a_secret_lasts_as_long_as_was_said(api):
    [secret] = (await registered(api, secret_expires_in_days=30))["secrets"]
    issued, expires = (datetime.fromisoformat(secret[name]) for name in ("issued_at", "expires_at"))
    assert expires - issued == timedelta(days=30)


async def test_a_disabled_client_is_over_and_everybody_hears_it(api, house):
    client = await registered(api)
    path = f"/v1/api-clients/{client['client_id']}"
    answer = await api.post(f"{path}:disable", {"reason": "contract ended"}, role=ADMIN)
    again = await api.post(f"{path}:disable", {"reason": "contract ended"}, role=ADMIN)
    another = await api.post(f"{path}:issue-secret", {}, role=ADMIN)
    [said] = await house.said(AccessWithdrawn)
    assert (answer.json()["is_active"], said.subject) == (False, client["client_id"])
    assert [refused.json()["code"] for refused in (again, another)] == ["client_disabled"] * 2
    assert (await api.get("/v1/api-clients?is_active=true", role=ADMIN)).json()["items"] == []


@pytest.mark.parametrize(
    ("case", "changes", "found"),
    [
        ("a scope of operators", {"scopes": ["operations"]}, [("/scopes/0", "scope_not_for_kind")]),
        ("no source", {"sources": []}, [("/sources", "missing")]),
        ("unknown kind", {"kind": "robot"}, [("/kind", "not_one_of")]),
        ("unknown scope", {"scopes": ["everything"]}, [("/scopes/0", "not_one_of")]),
        ("host bits", {"networks": ["203.0.113.7/24"]}, [("/networks/0", "not_a_network")]),
        ("no network", {"networks": ["here"]}, [("/networks/0", "not_a_network")]),
        ("a source with spaces", {"sources": ["my ats"]}, [("/sources/0", "wrong_form")]),
        ("for ever", {"secret_expires_in_days": 366}, [("/secret_expires_in_days", "too_large")]),
        ("no time", {"secret_expires_in_days": 0}, [("/secret_expires_in_days", "too_small")]),
        ("nameless", {"name": " "}, [("/name", "too_short")]),
        ("its own secret", {"secret": "fs_live_1"}, [("/secret", "unknown_field")]),
    ],
)
async def test_faults_are_named_and_nothing_is_registered(api, case, changes, found):
    refused = await api.post("/v1/api-clients", ATS | changes, role=ADMIN)
    assert refused.status_code == 422
    assert [(fault["pointer"], fault["code"]) for fault in refused.json()["errors"]] == found
    assert (await api.get("/v1/api-clients", role=ADMIN)).json()["items"] == []


@pytest.mark.parametrize("role", ["lead", "operator", "recruiter", "virtual_specialist"])
async def test_only_administrators_deal_with_clients(api, role):
    client = await registered(api)
    path = f"/v1/api-clients/{client['client_id']}"
    secret_id = client["secrets"][0]["secret_id"]
    answers = [
        await api.post("/v1/api-clients", ATS, role=role),
        await api.post(f"{path}:issue-secret", {}, role=role),
        await api.post(f"{path}/secrets/{secret_id}:revoke", {"reason": "x"}, role=role),
        await api.post(f"{path}:disable", {"reason": "x"}, role=role),
        await api.get(path, role=role),
    ]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert (await api.get(path, role=ADMIN)).headers["etag"] == '"1"'


async def test_what_is_not_there_is_not_found(api):
    client = await registered(api)
    answers = [
        await api.get("/v1/api-clients/apc_1", role=ADMIN),
        await api.post("/v1/api-clients/apc_1:issue-secret", {}, role=ADMIN),
        await api.post("/v1/api-clients/apc_1:disable", {"reason": "x"}, role=ADMIN),
        await api.post(f"/v1/api-clients/{client['client_id']}/secrets/sec_1:revoke", {"reason": "x"}, role=ADMIN),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
