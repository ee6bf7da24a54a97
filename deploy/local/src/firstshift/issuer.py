"""Who signs the tokens that the services take: identity; where it does not run, and in test mode, this machine's key.

The services know no more of either than a name and public keys, so any other OpenID provider can stand in its place.
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.services import base_url
from firstshift.tokens import ISSUER, public_keys

IDENTITY = "identity"
KEYS_SECONDS = 120.0
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """Its name in every token, and where its public keys (JWKS) are: an address, or a file."""

    name: str
    keys: str


def local_issuer(home: Home) -> Issuer:
    """The issuer whose key is this machine's."""
    return Issuer(name=ISSUER, keys=str(public_keys(home)))


def issuer_for(home: Home, ports: Mapping[str, int], *, test_mode: bool) -> Issuer:
    """The issuer of a system with services on these ports."""
    if not signs_in(ports, test_mode=test_mode):
        return local_issuer(home)
    address = base_url(ports[IDENTITY])
    return Issuer(name=address, keys=f"{address}/.well-known/jwks.json")


def signs_in(services: Mapping[str, object], *, test_mode: bool) -> bool:
    """Whether people and programs have to sign in at identity."""
    return IDENTITY in services and not test_mode


async def until_it_signs(issuer: Issuer, http: httpx.AsyncClient) -> None:
    """Wait until identity has published its first keys, which a job of its makes. Raises: CannotRun when none come."""
    end = time.monotonic() + KEYS_SECONDS
    while not await _published(issuer, http):
        if time.monotonic() > end:
            raise CannotRun("identity has no key to sign tokens with.", "Look for `vault.unavailable` in its log.")
        await asyncio.sleep(LOOK_SECONDS)


async def _published(issuer: Issuer, http: httpx.AsyncClient) -> bool:
    try:
        answer = await http.get(issuer.keys)
        return answer.is_success and bool(answer.json()["keys"])
    except httpx.HTTPError:
        return False
