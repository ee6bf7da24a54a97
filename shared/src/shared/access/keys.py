"""The public keys of whoever issues access tokens: a JWKS file, or a JWKS address."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx
from joserfc.jwk import KeySet

from shared.errors import Unavailable

FRESH_SECONDS = 300
PAUSE_SECONDS = 5


class Keys(Protocol):
    """Gives the key set that tokens are checked with."""

    async def current(self, *, kid: str | None) -> KeySet:
        """The keys; looks again, within reason, when none of those known has this id. Raises Unavailable."""
        ...


class FileKeys:
    """A JWKS file, read again whenever it was changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: int | None = None
        self._keys = KeySet([])

    async def current(self, *, kid: str | None) -> KeySet:
        try:
            changed_at = self._path.stat().st_mtime_ns
            if changed_at != self._read_at:
                self._keys = KeySet.import_key_set(json.loads(self._path.read_text()))
                self._read_at = changed_at
        except (OSError, ValueError) as error:
            raise Unavailable("the issuer's keys cannot be read") from error
        return self._keys


class RemoteKeys:
    """A JWKS address, asked every five minutes, and at once for an id not seen yet (at most every five seconds)."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self._url = url
        self._client = client
        self._asked_at = float("-inf")
        self._asking = asyncio.Lock()
        self._fault: Exception | None = None
        self._keys = KeySet([])

    async def current(self, *, kid: str | None) -> KeySet:
        """One asks, and whoever cannot do without the answer waits for it."""
        if self._is_due(kid) and not (self._knows(kid) and self._asking.locked()):
            async with self._asking:
                if self._is_due(kid):
                    await self._ask()
        if self._fault and not self._knows(kid):
            raise Unavailable("the issuer's keys cannot be fetched") from self._fault
        return self._keys

    def _is_due(self, kid: str | None) -> bool:
        age = time.monotonic() - self._asked_at
        return age > FRESH_SECONDS or (not self._knows(kid) and age > PAUSE_SECONDS)

    def _knows(self, kid: str | None) -> bool:
        return any(key.kid == kid for key in self._keys.keys)

    async def _ask(self) -> None:
        try:
            answer = await self._client.get(self._url)
            self._keys = KeySet.import_key_set(answer.raise_for_status().json())
            self._fault = None
        except (httpx.HTTPError, ValueError) as error:
            self._fault = error
        finally:
            self._asked_at = time.monotonic()


def keys_at(place: str, client: Callable[[str], httpx.AsyncClient]) -> Keys:
    """The keys that a setting names: an https or http address, asked by a `client` for it, or the path of a file."""
    if place.startswith(("https://", "http://")):
        return RemoteKeys(place, client(place))
    return FileKeys(Path(place))
