"""A caller of one service's API in tests: signed tokens for any role, a fresh key for every command."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from joserfc import jwt
from joserfc.jwk import KeySet, OKPKey

from shared.ids import new_uuid

ISSUER = "firstshift-local"


@dataclass(frozen=True)
class Issuer:
    """Signs tokens with a key of its own; `path` is its public key set."""

    pair: OKPKey
    path: Path

    def token(self, *roles: str, subject: str | None = None, signed_in_minutes_ago: int | None = None) -> str:
        """A token of five minutes for these roles; when they signed in only where it is said."""
        now = int(time.time())
        signed_in = {} if signed_in_minutes_ago is None else {"auth_time": now - signed_in_minutes_ago * 60}
        claims = {"iss": ISSUER, "aud": "firstshift", "sub": subject or f"per_{roles[0]}", "roles": list(roles)}
        return jwt.encode(
            {"alg": "Ed25519", "kid": self.pair.kid, "typ": "at+jwt"},
            {**claims, **signed_in, "iat": now, "nbf": now, "exp": now + 300},
            self.pair,
            algorithms=["Ed25519"],
        )


def make_issuer(folder: Path) -> Issuer:
    """An issuer whose public keys stand in the folder."""
    pair = OKPKey.generate_key("Ed25519", {"use": "sig", "alg": "Ed25519"}, private=True, auto_kid=True)
    path = folder / "issuer.public.json"
    path.write_text(json.dumps(KeySet([pair]).as_dict(private=False)))
    return Issuer(pair, path)


@dataclass(frozen=True)
class Api:
    """Calls the API as a person of a role; `lead` unless said otherwise."""

    client: httpx.AsyncClient
    issuer: Issuer
    signed_in_minutes_ago: int | None = None
    """Said by every token, unless it is None."""

    async def get(self, path: str, *, role: str = "lead", **options: Any) -> httpx.Response:
        """A read."""
        return await self.client.get(path, headers=self._headers(role), **options)

    async def post(
        self, path: str, body: Any = None, *, role: str = "lead", key: str | None = None, **headers: str
    ) -> httpx.Response:
        """A command with a fresh Idempotency-Key, or the one given. `if_match="7"` becomes If-Match: "7"."""
        every = {"Idempotency-Key": key or str(new_uuid()), **self._headers(role)}
        for name, value in headers.items():
            every[name.replace("_", "-")] = f'"{value}"' if name == "if_match" else value
        return await self.client.post(path, json={} if body is None else body, headers=every)

    async def put(self, path: str, body: Any, *, role: str = "lead") -> httpx.Response:
        """A replacement."""
        return await self.client.put(path, json=body, headers=self._headers(role))

    def _headers(self, role: str) -> dict[str, str]:
        if not role:
            return {}
        token = self.issuer.token(role, signed_in_minutes_ago=self.signed_in_minutes_ago)
        return {"Authorization": f"Bearer {token}"}
