"""The whole of OpenID Connect over real HTTP, checked by what the portal and the other services check it with."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet

from identity import main
from identity.settings import Settings
from services.identity.tests.api.browser import Browser, code_now, given, settled
from shared.access.errors import TokenInvalid
from shared.access.keys import RemoteKeys
from shared.access.tokens import Verifier
from shared.runtime.process import Process
from shared.testing.api import Api

FACILITY = f"fac_{'0' * 26}"


@pytest.fixture
def listening():
    """A free port, taken before the service is told its address."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken


@pytest.fixture
def definition(environment, listening):
    port = listening.getsockname()[1]
    return main.service(Settings(**environment, issuer_address=f"http://127.0.0.1:{port}"))


@pytest.fixture
async def client(process: Process, parts, listening) -> AsyncIterator[httpx.AsyncClient]:
    """Real HTTP to the running service."""
    config = uvicorn.Config(process.app(with_worker=False), log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    async with httpx.AsyncClient(base_url=parts.signer.issuer, trust_env=False) as client:
        yield client
    server.should_exit = True
    await serving


@pytest.fixture
def verifier(client, parts) -> Verifier:
    """What every other service checks tokens with."""
    keys = RemoteKeys(f"{parts.signer.issuer}/.well-known/jwks.json", client)
    return Verifier(keys, issuer=parts.signer.issuer)


async def test_a_lead_signs_in_by_password_and_code_and_every_service_knows_them(client, keys, issuer, parts, verifier):
    person = await settled(Api(client, issuer), roles=["lead"], team_facilities=[FACILITY], time_zone="America/Chicago")
    browser = Browser(client, parts.signer.issuer)
    await browser.ask()
    await browser.password()
    await browser.code(code_now(person["second_factor"]["secret"]))
    tokens = (await browser.tokens(given(await browser.ask())["code"])).json()
    found = (await client.get("/.well-known/openid-configuration")).json()
    published = KeySet.import_key_set((await client.get(found["jwks_uri"])).json())
    principal = await verifier.principal(f"Bearer {tokens['access_token']}")
    said = jwt.decode(tokens["id_token"], published, algorithms=found["id_token_signing_alg_values_supported"]).claims
    assert (principal.subject, principal.roles) == (person["person_id"], frozenset({"lead"}))
    assert (principal.team_facilities, principal.on_behalf_of) == (frozenset({FACILITY}), None)
    assert principal.authenticated_at and principal.token_id and principal.issued_at
    assert (said["iss"], said["aud"], said["nonce"]) == (parts.signer.issuer, "portal", "nonce-1")
    assert (said["sub"], said["name"], said["email"]) == (person["person_id"], person["name"], person["email"])
    assert said["amr"] == ["pwd", "otp", "mfa"]
    shown = await client.get(found["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert shown.json() == {name: said[name] for name in ("sub", "name", "zoneinfo", "email")}


async def test_an_id_token_opens_no_service(client, keys, issuer, parts, verifier):
    await settled(Api(client, issuer))
    browser = Browser(client, parts.signer.issuer)
    await browser.ask()
    tokens = (await browser.tokens(given(await browser.password())["code"])).json()
    with pytest.raises(TokenInvalid):
        await verifier.principal(f"Bearer {tokens['id_token']}")


async def test_tokens_of_before_and_after_a_rotation_hold(client, keys, issuer, parts, verifier):
    """INVARIANT: a rotation signs nobody out.

    What breaks it: publishing a key only when it signs, or no longer as soon as it does not.
    """
    api = Api(client, issuer)
    await settled(api)
    browser = Browser(client, parts.signer.issuer)
    await browser.ask()
    before = (await browser.tokens(given(await browser.password())["code"])).json()
    await verifier.principal(f"Bearer {before['access_token']}")
    rotated = await api.post("/v1/signing-keys:rotate", role="operator")
    after = (await browser.refresh(before["refresh_token"])).json()
    old, new = [
        jwt.decode(one["access_token"], await _keys(client), algorithms=["Ed25519"]).header["kid"]
        for one in (before, after)
    ]
    assert (rotated.status_code, old == new, rotated.json()["signing"]) == (200, False, new)
    for one in (before, after):
        await verifier.principal(f"Bearer {one['access_token']}")


async def test_without_a_key_nothing_is_signed(client, issuer):
    answer = await client.post("/token", data={"grant_type": "refresh_token", "refresh_token": "x"})
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def _keys(client: httpx.AsyncClient) -> KeySet:
    return KeySet.import_key_set((await client.get("/.well-known/jwks.json")).json())
