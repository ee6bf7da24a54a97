"""Who signs the tokens that the services take: identity; where it does not run, this machine's key.

In test mode both do, in identity's name: tests ask for any role, and people sign in at the portal all the same. The
services know no more than a name and public keys, so any other OpenID provider can stand in identity's place.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.portal import IDENTITY
from firstshift.services import base_url
from firstshift.tokens import ISSUER, public_keys, sign_as

KEYS_SECONDS = 120.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Its name in every token, and where its public keys (JWKS) are: an address, or a file."""

    name: str
    keys: str


def issuer_for(home: Home, ports: Mapping[str, int], *, test_mode: bool) -> Issuer:
    """The issuer of a system with services on these ports."""
    if signs_in(ports, test_mode=test_mode):
        return issuer_at(base_url(ports[IDENTITY]))
    name = base_url(ports[IDENTITY]) if IDENTITY in ports else ISSUER
    sign_as(home, name)
    return Issuer(name=name, keys=str(public_keys(home)))


def issuer_at(address: str) -> Issuer:
    """Identity at this address."""
    return Issuer(name=address, keys=f"{address}/.well-known/jwks.json")


def signs_in(services: Mapping[str, object], *, test_mode: bool) -> bool:
    """Whether people and programs have to sign in at identity."""
    return IDENTITY in services and not test_mode


async def keys_once_it_signs(issuer: Issuer, http: httpx.AsyncClient) -> list[dict[str, Any]]:
    """Identity's public keys, waiting for the first, which a job of its makes. Raises: CannotRun when none come."""
    end = time.monotonic() + KEYS_SECONDS
    while not (keys := await _published(issuer, http)):
        if time.monotonic() > end:
            raise CannotRun("identity has no key to sign tokens with.", "Look for `vault.unavailable` in its log.")
        await asyncio.sleep(LOOK_SECONDS)
    return keys


async def _published(issuer: Issuer, http: httpx.AsyncClient) -> list[dict[str, Any]]:
    try:
        answer = await http.get(issuer.keys)
        return list(answer.json()["keys"]) if answer.is_success else []
    except httpx.HTTPError:
        return []
