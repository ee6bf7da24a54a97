"""Sign-in by an outside provider, over real HTTP: whom it vouches for, and everything that must be checked first."""

import asyncio
import socket
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from identity import main
from identity.api.routes.parts import Parts
from identity.clients.outside_provider import OutsideProvider
from identity.settings import Settings
from services.identity.tests.api.browser import given, settled

HERE = "http://127.0.0.1:8000/signed-in-outside"


@dataclass
class Organisation:
    """An OpenID provider of a customer, which a test can make lie."""

    issuer: str
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    signing_key: ECKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    nonce: str = ""
    challenge: str = ""

    def app(self) -> FastAPI:
        """Its three addresses."""
        app = FastAPI()
        paths = {"authorization_endpoint": "/sign-in", "token_endpoint": "/token", "jwks_uri": "/keys"}

        @app.get("/.well-known/openid-configuration")
        async def configuration() -> dict[str, str]:
            return {"issuer": self.issuer, **{name: self.issuer + path for name, path in paths.items()}}

        @app.get("/keys")
        async def keys() -> Any:
            return KeySet([self.key]).as_dict(private=False)

        @app.post("/token")
        async def token(request: Request) -> dict[str, str]:
            form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
            digest = sha256(form["code_verifier"].encode()).digest()
            assert urlsafe_b64encode(digest).decode().rstrip("=") == self.challenge
            return {"id_token": self._id_token()}

        return app

    def _id_token(self) -> str:
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "firstshift", "sub": "248289761001", "nonce": self.nonce, "iat": now}
        known = {**claims, "exp": now + 300, **self.claims}
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, known, self.signing_key or self.key)


@pytest.fixture
async def organisation():
    """The provider, listening."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        provider = Organisation(f"http://127.0.0.1:{listening.getsockname()[1]}")
        server = uvicorn.Server(uvicorn.Config(provider.app(), log_config=None, lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        yield provider
        server.should_exit = True
        await serving


@pytest.fixture
async def definition(environment, organisation):
    made = main.service(Settings(**environment))
    async with httpx.AsyncClient(trust_env=False) as client:
        outside = OutsideProvider(
            client,
            issuer=organisation.issuer,
            client_id="firstshift",
            client_secret="shared with the provider",
            proves_second_factor=False,
        )
        parts = made.resources["identity"]
        assert isinstance(parts, Parts)
        changed = {name: getattr(parts, name) for name in Parts.__dataclass_fields__} | {"outside": outside}
        made.resources["identity"] = Parts(**changed)  # type: ignore[index]
        yield made


@pytest.fixture
async def depart(browser, organisation):
    """Goes to the provider; gives the way back as it would be asked."""

    async def go() -> dict[str, str]:
        await browser.ask()
        sent = await browser.post(step="outside")
        asked = {name: values[0] for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()}
        organisation.nonce, organisation.challenge = asked["nonce"], asked["code_challenge"]
        assert (asked["redirect_uri"], asked["code_challenge_method"]) == (HERE, "S256")
        return {"code": "c", "state": asked["state"]}

    return go


async def link(api, organisation, **changes):
    """Ada, who signs in by her organisation."""
    person = await settled(api, **changes)
    body = {"issuer": organisation.issuer, "subject": "248289761001"}
    answer = await api.post(f"/v1/people/{person['person_id']}:link-outside", body, role="administrator")
    assert answer.status_code == 200
    return person


async def test_a_linked_person_comes_in(api, browser, organisation, depart):
    await link(api, organisation)
    back = await api.client.get("/signed-in-outside", params=await depart())
    assert (await browser.tokens(given(back)["code"])).status_code == 200


async def test_a_role_that_needs_a_second_factor_proves_it_here(api, browser, organisation, depart):
    await link(api, organisation, roles=["lead"])
    back = await api.client.get("/signed-in-outside", params=await depart())
    assert (back.status_code, "authenticator app" in back.text) == (200, True)


async def test_a_stranger_is_not_known_by_their_address(api, browser, organisation, depart):
    """INVARIANT: an outside identity is an issuer and a subject.

    What breaks it: finding people by the e-mail address that a provider claims.
    """
    person = await settled(api)
    organisation.claims = {"email": person["email"], "email_verified": True}
    back = await api.client.get("/signed-in-outside", params=await depart())
    assert (back.status_code, "not linked" in back.text) == (400, True)


@pytest.mark.parametrize(
    ("case", "claims"),
    [
        ("another issuer", {"iss": "https://elsewhere.example"}),
        ("another audience", {"aud": "another-client"}),
        ("another party", {"azp": "another-client"}),
        ("another sign-in", {"nonce": "of another one"}),
        ("a sign-in of long ago", {"auth_time": 1_700_000_000}),
        ("a sign-in at no time", {"auth_time": "now"}),
        ("over", {"exp": 1_700_000_000}),
        ("nobody", {"sub": None}),
    ],
)
async def test_an_id_token_that_does_not_hold_signs_nobody_in(api, browser, organisation, depart, case, claims):
    await link(api, organisation)
    organisation.claims = claims
    back = await api.client.get("/signed-in-outside", params=await depart())
    assert (back.status_code, "did not sign you in" in back.text) == (400, True)


async def test_a_token_signed_by_another_key_signs_nobody_in(api, browser, organisation, depart):
    await link(api, organisation)
    organisation.signing_key = ECKey.generate_key("P-256", {"kid": organisation.key.kid or ""})
    assert (await api.client.get("/signed-in-outside", params=await depart())).status_code == 400


async def test_a_way_back_that_was_not_begun_here_leads_nowhere(api, browser, organisation, depart):
    await link(api, organisation)
    wanted = await depart()
    answers = [await api.client.get("/signed-in-outside", params={**wanted, "state": "another"})]
    api.client.cookies.clear()
    answers.append(await api.client.get("/signed-in-outside", params=wanted))
    api.client.cookies.set("firstshift_outside", "kek_1.bm90IHNlYWxlZCBieSB1cw==")
    answers.append(await api.client.get("/signed-in-outside", params=wanted))
    assert [answer.status_code for answer in answers] == [400, 400, 400]
