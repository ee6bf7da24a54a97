"""What API clients and holders of links get at the token endpoint."""

from base64 import b64encode
from dataclasses import replace
from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet
from sqlalchemy import select

from identity.storage import api_clients, links
from identity.storage.tables.access import api_client, api_client_use
from services.identity.tests.api.browser import given, settled
from shared.access.claims import principal_of
from shared.clock import SystemClock
from shared.db.tables import audit_entry
from shared.principal import Principal

SOMEBODY = Principal(subject="per_somebody")
CLINICIAN, FACILITY = f"cln_{'0' * 26}", f"fac_{'0' * 26}"
BY_LINK = "urn:firstshift:grant-type:link"
ATS = {"name": "Applicant tracking", "kind": "recruiter_system", "scopes": ["recruiting"], "sources": ["ats", "crm"]}


@pytest.fixture
async def register(api, keys):
    """Registers a client and gives its id and secret."""

    async def registered(**changes):
        shown = (await api.post("/v1/api-clients", ATS | changes, role="administrator")).json()
        return shown["client_id"], shown["secret"]

    return registered


@pytest.fixture
async def link(api, keys):
    """Makes a link and gives its id and token."""

    async def made(**changes):
        wanted = {"for": "clinician", "clinician_id": CLINICIAN, "purpose": "upload_documents"} | changes
        shown = (await api.post("/v1/links", wanted)).json()
        return shown["link_id"], shown["token"]

    return made


def basic(name, secret):
    return {"Authorization": "Basic " + b64encode(f"{name}:{secret}".encode()).decode()}


async def ask(api, headers=None, **form):
    return await api.client.post("/token", data=form, headers=headers or {})


async def by_secret(api, name, secret, **form):
    return await ask(api, grant_type="client_credentials", client_id=name, client_secret=secret, **form)


async def holder(api, answer):
    """Who the answered token says that its holder is, checked by the published keys."""
    assert answer.status_code == 200, answer.json()
    published = KeySet.import_key_set((await api.client.get("/.well-known/jwks.json")).json())
    return principal_of(jwt.decode(answer.json()["access_token"], published, algorithms=["Ed25519"]).claims)


async def rows(works, table):
    async with works.begin(SOMEBODY) as work:
        return (await work.session.execute(select(table))).all()


async def test_a_client_acts_in_its_role_for_its_own_sources(api, register):
    client_id, secret = await register()
    answers = [
        await by_secret(api, client_id, secret),
        await by_secret(api, client_id, secret, scope="recruiting"),
        await ask(api, basic(client_id, secret), grant_type="client_credentials"),
    ]
    for answer in answers:
        who = await holder(api, answer)
        assert (who.subject, who.roles, who.sources) == (client_id, {"recruiter"}, {"ats", "crm"})
        assert (who.authenticated_at, answer.json()["scope"]) == (None, "recruiting")


async def test_an_operator_has_no_source(api, register):
    who = await holder(
        api, await by_secret(api, *await register(kind="service_operator", scopes=["operations"], sources=[]))
    )
    assert (who.roles, who.sources) == ({"operator"}, frozenset())


async def test_the_day_of_use_is_noted_once_and_leaves_the_client_as_it_was(api, works, register):
    client_id, secret = await register()
    before = await rows(works, api_client)
    for _ in range(2):
        await by_secret(api, client_id, secret)
    [used] = await rows(works, api_client_use)
    shown = await api.get(f"/v1/api-clients/{client_id}", role="administrator")
    assert (used.client_id, shown.json()["last_used_on"]) == (client_id, used.last_used_on.isoformat())
    assert await rows(works, api_client) == before


async def test_every_wrong_proof_is_denied_alike(api, register, works):
    client_id, secret = await register()
    other_id, other_secret = await register()
    answers = [
        await by_secret(api, client_id, other_secret),
        await by_secret(api, client_id, secret[:-1] + ("A" if secret[-1] != "A" else "B")),
        await by_secret(api, f"apc_{'0' * 26}", secret),
        await by_secret(api, "per_1", secret),
        await ask(api, grant_type="client_credentials", client_id=client_id),
        await ask(api, grant_type="client_credentials"),
        await ask(api, basic(f"{client_id}%00", secret), grant_type="client_credentials"),
        await ask(api, basic(client_id, secret), grant_type="client_credentials", client_secret=secret),
    ]
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(401, "invalid_client")] * 8
    assert len({answer.text for answer in answers}) == 1
    assert await rows(works, api_client_use) == []


async def test_a_scope_that_is_not_the_clients_is_denied(api, register):
    refused = await by_secret(api, *await register(), scope="recruiting operations")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


@pytest.mark.parametrize(
    ("networks", "status"),
    [(["127.0.0.0/8"], 200), (["203.0.113.0/24"], 401), (["203.0.113.0/24", "127.0.0.1/32"], 200)],
)
async def test_a_client_signs_in_from_its_networks_alone(api, register, networks, status):
    assert (await by_secret(api, *await register(networks=networks))).status_code == status


async def test_revoked_and_expired_secrets_and_disabled_clients_are_denied(api, works, register):
    (revoked, _), (expired, _), (disabled, _) = clients = [await register() for _ in range(3)]
    shown = (await api.get(f"/v1/api-clients/{revoked}", role="administrator")).json()
    path = f"/v1/api-clients/{revoked}/secrets/{shown['secrets'][0]['secret_id']}:revoke"
    await api.post(path, {"reason": "leaked"}, role="administrator")
    await api.post(f"/v1/api-clients/{disabled}:disable", {"reason": "over"}, role="administrator")
    async with works.begin(SOMEBODY) as work:
        client = await api_clients.to_change(work.session, expired)
        over = replace(client.secrets[0], expires_at=SystemClock().now() - timedelta(seconds=1))
        await api_clients.save(work.session, replace(client, secrets=(over,)))
    assert [(await by_secret(api, *client)).status_code for client in clients] == [401, 401, 401]


async def test_a_link_lets_one_clinician_in_as_often_as_it_says(api, works, link):
    link_id, token = await link(uses=2)
    answers = [await ask(api, grant_type=BY_LINK, link=token) for _ in range(3)]
    who = await holder(api, answers[0])
    used = [entry.object for entry in await rows(works, audit_entry) if entry.action == "links.use"]
    assert (who.subject, who.roles, who.clinician_id, who.facilities) == (
        link_id,
        {"clinician"},
        CLINICIAN,
        frozenset(),
    )
    assert [answer.status_code for answer in answers] == [200, 200, 400]
    assert (answers[2].json()["error"], used) == ("invalid_grant", [link_id, link_id])


async def test_a_visit_by_a_link_costs_one_use_however_long_it_lasts(api, works, link):
    link_id, token = await link(uses=1)
    visit = (await ask(api, grant_type=BY_LINK, link=token)).json()["refresh_token"]
    going_on = [await ask(api, grant_type=BY_LINK, link=token, visit=visit) for _ in range(2)]
    assert [(await holder(api, answer)).subject for answer in going_on] == [link_id, link_id]
    assert [answer.json().get("refresh_token") for answer in going_on] == [None, None]
    [used] = [entry for entry in await rows(works, audit_entry) if entry.action == "links.use"]
    _, other = await link()
    denied = [
        await ask(api, grant_type=BY_LINK, link=token),
        await ask(api, grant_type=BY_LINK, link=token, visit="guessed"),
        await ask(api, grant_type=BY_LINK, link=other, visit=visit),
        await ask(api, grant_type="refresh_token", refresh_token=visit, client_id="portal"),
    ]
    await api.post(f"/v1/links/{link_id}:revoke", {"reason": "wrong person"})
    denied.append(await ask(api, grant_type=BY_LINK, link=token, visit=visit))
    assert [(answer.status_code, answer.json()["error"]) for answer in denied] == [(400, "invalid_grant")] * 5


async def test_a_link_lets_the_approver_of_one_facility_in(api, link):
    _, token = await link(**{"for": "facility_approver", "clinician_id": None, "facility_id": FACILITY})
    who = await holder(api, await ask(api, grant_type=BY_LINK, link=token))
    assert (who.roles, who.facilities, who.clinician_id) == ({"facility_approver"}, {FACILITY}, None)


async def test_links_that_are_over_are_denied_alike(api, works, link):
    (revoked, _), (expired, _) = made = [await link(), await link()]
    await api.post(f"/v1/links/{revoked}:revoke", {"reason": "wrong person"})
    async with works.begin(SOMEBODY) as work:
        known = await links.to_change(work.session, expired)
        await links.save(work.session, replace(known, expires_at=SystemClock().now() - timedelta(seconds=1)))
    answers = [await ask(api, grant_type=BY_LINK, link=token) for _, token in made]
    answers += [await ask(api, grant_type=BY_LINK, link="fs_link_guessed"), await ask(api, grant_type=BY_LINK)]
    assert [(answer.status_code, answer.json()["error"]) for answer in answers] == [(400, "invalid_grant")] * 4
    assert len({answer.text for answer in answers}) == 1


async def test_the_token_of_a_virtual_specialist_carries_what_was_granted(api, browser):
    person = await settled(api, roles=["virtual_specialist"])
    wanted = {
        "person_id": person["person_id"],
        "role": "housing_specialist",
        "queue": True,
        "until": (SystemClock().now() + timedelta(days=1)).isoformat(),
        "reason": "Holiday cover",
    }
    given_grant = (await api.post("/v1/grants", wanted)).json()
    await browser.ask()
    who = await holder(api, await browser.tokens(given(await browser.password())["code"]))
    [carried] = who.grants
    assert (who.subject, carried.id, carried.role) == (
        person["person_id"],
        given_grant["grant_id"],
        "housing_specialist",
    )
    assert carried.assignments == frozenset()
