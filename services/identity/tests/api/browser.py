"""A browser and the portal in tests: people are invited, sign in on the pages, and the portal takes codes."""

import html
import re
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pyotp

from shared.testing.api import Api

ISSUER = "http://127.0.0.1:8000"
REDIRECT = "http://127.0.0.1:8400/signed-in"
VERIFIER = "v" * 43
CHALLENGE = urlsafe_b64encode(sha256(VERIFIER.encode()).digest()).decode().rstrip("=")
PASSWORD = "a lamp beside the open window"
REQUEST = {
    "response_type": "code",
    "client_id": "portal",
    "redirect_uri": REDIRECT,
    "scope": "openid profile email",
    "state": "state-1",
    "nonce": "nonce-1",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}
ADA: dict[str, Any] = {"email": "Ada.Linden@agency.example", "name": "Ada Linden", "roles": ["coordinator"]}


@dataclass
class Browser:
    """Follows what the pages say; keeps cookies; sends the headers that browsers send."""

    client: httpx.AsyncClient
    issuer: str = ISSUER
    action: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    async def ask(self, **changes: str) -> httpx.Response:
        """Goes to the authorization endpoint."""
        asked = {name: value for name, value in (REQUEST | changes).items() if value}
        answer = await self.client.get("/authorize", params=asked, headers=self.headers)
        return self._seen(answer)

    async def post(self, **form: str) -> httpx.Response:
        """Sends the form of the page that was shown last."""
        answer = await self.client.post(self.action, data=form, headers={"Origin": self.issuer, **self.headers})
        return self._seen(answer)

    async def password(self, email: str = ADA["email"], password: str = PASSWORD) -> httpx.Response:
        """Offers address and password."""
        return await self.post(step="password", email=email, password=password)

    async def code(self, code: str) -> httpx.Response:
        """Offers a code."""
        return await self.post(step="code", code=code)

    async def tokens(self, code: str, **changes: str) -> httpx.Response:
        """What the portal does with a code."""
        form = {"grant_type": "authorization_code", "client_id": "portal", "redirect_uri": REDIRECT, "code": code}
        return await self.client.post("/token", data={**form, "code_verifier": VERIFIER, **changes})

    async def refresh(self, refresh_token: str) -> httpx.Response:
        """How the portal renews its tokens."""
        form = {"grant_type": "refresh_token", "client_id": "portal", "refresh_token": refresh_token}
        return await self.client.post("/token", data=form)

    def _seen(self, answer: httpx.Response) -> httpx.Response:
        shown = re.search(r'<form method="post" action="([^"]+)"', answer.text)
        self.action = html.unescape(shown[1]) if shown else self.action
        return answer


async def invited(api: Api, **changes: Any) -> dict[str, Any]:
    """Somebody with an account and no password yet; the answer of the administrator's command."""
    answer = await api.post("/v1/people", {**ADA, **changes}, role="administrator")
    assert answer.status_code == 201, answer.json()
    return dict(answer.json())


async def settled(api: Api, **changes: Any) -> dict[str, Any]:
    """Somebody who came in by the invitation and set PASSWORD; with `second_factor` where the roles need one."""
    person = await invited(api, **changes)
    answer = await api.client.post("/v1/invitations:accept", json={"code": person["code"], "password": PASSWORD})
    assert answer.status_code == 200, answer.json()
    return {**person, **answer.json()}


def given(answer: httpx.Response) -> dict[str, str]:
    """What the portal is told at its address."""
    assert answer.status_code == 303, answer.text
    place = urlsplit(answer.headers["location"])
    assert f"{place.scheme}://{place.netloc}{place.path}" == REDIRECT
    return {name: values[0] for name, values in parse_qs(place.query).items()}


def code_now(secret: str, *, steps: int = 0) -> str:
    """The code that an app shows, some steps of half a minute from now."""
    return pyotp.TOTP(secret).at(int(time.time()) + steps * 30)
