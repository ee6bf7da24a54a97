"""Somebody who looks at pages, by a token with whatever bounds them."""

import time
from typing import Any

import httpx
from joserfc import jwt

from shared.testing.api import ISSUER, Api, Issuer


def token_of(issuer: Issuer, *, role: str = "coordinator", person: str = "per_1", **claims: Any) -> str:
    """A token of five minutes."""
    now = int(time.time())
    said = {"iss": ISSUER, "aud": "firstshift", "sub": person, "roles": [role], "iat": now, "exp": now + 300}
    header = {"alg": "Ed25519", "kid": issuer.pair.kid, "typ": "at+jwt"}
    return jwt.encode(header, {**said, **claims}, issuer.pair, algorithms=["Ed25519"])


async def get_as(
    api: Api, issuer: Issuer, path: str, *, params: dict[str, str] | None = None, is_part: bool = False, **who: Any
) -> httpx.Response:
    """The page as this person sees it; `is_part`: what a script of ours asks for."""
    headers = {"Authorization": f"Bearer {token_of(issuer, **who)}", **({"HX-Request": "true"} if is_part else {})}
    return await api.client.get(path, params=params, headers=headers)
