"""One call of a source: bounded in time and size, its JSON as it came, its silence as a value."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from credentialing.domain.sources.answer import Trouble
from shared.outbound.internal import internal_client

log = structlog.get_logger()

SECONDS = 20.0
"""For a whole call; well within the lease of a question."""
MOST_BYTES = 2 * 1024 * 1024
LONGEST_WAIT_SECONDS = 24 * 60 * 60
BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})

_HEADERS = {"User-Agent": "Firstshift", "Accept": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back: the status, the JSON (None when it was none), and when to come again, where it says."""

    status: int
    body: Any
    again_in_seconds: int | None = None


class Fetching:
    """Calls one source at the address that the operator has set, four calls at a time."""

    def __init__(
        self,
        name: str,
        base_url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.name = name
        self._seconds = seconds
        self._client = internal_client(base_url.rstrip("/"), seconds=seconds)
        self._client.headers.update({**_HEADERS, **(headers or {})})
        if auth is not None:
            self._client.auth = auth

    async def fetch(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        content: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Fetched | Trouble:
        """What the source answers. Silence, a broken line and an answer without end are trouble, in words."""
        try:
            async with asyncio.timeout(self._seconds):
                request = self._client.build_request(method, path, params=params, json=content, headers=headers)
                answer = await self._client.send(request, stream=True)
                try:
                    return _fetched(answer, await _bounded(answer))
                finally:
                    await answer.aclose()
        except _TooLarge:
            return self._trouble("The source's answer is longer than any that it gives.", "too_large")
        except TimeoutError:
            return self._trouble("The source did not answer in time.", "timeout")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return self._trouble("The source cannot be reached.", type(error).__name__)

    async def aclose(self) -> None:
        """Lets go of its connections."""
        await self._client.aclose()

    def _trouble(self, why: str, error: str) -> Trouble:
        log.warning("credentialing.source_trouble", source=self.name, error=error)
        return Trouble(why=why)


class _TooLarge(Exception):
    """More bytes came than are read."""


async def _bounded(answer: httpx.Response) -> bytes:
    """The body, unpacked; counted as it comes in."""
    parts: list[bytes] = []
    read = 0
    async for part in answer.aiter_bytes():
        read += len(part)
        if read > MOST_BYTES:
            raise _TooLarge
        parts.append(part)
    return b"".join(parts)


def _fetched(answer: httpx.Response, content: bytes) -> Fetched | Trouble:
    """What is busy and says when to come again is trouble until then, whatever its body is."""
    again = _seconds(answer.headers.get("retry-after", ""))
    if answer.status_code in BUSY and again is not None:
        return Trouble(
            why=f"The source asks to come again later ({answer.status_code}).",
            again_in_seconds=again,
            is_for_all=answer.status_code == 429,
        )
    try:
        body = json.loads(content)
    except (ValueError, RecursionError):
        body = None
    return Fetched(status=answer.status_code, body=body, again_in_seconds=again)


def _seconds(said: str) -> int | None:
    """Whole seconds of a Retry-After; one that names a date is not read, and no wait is longer than a day."""
    is_number = said.isascii() and said.isdigit() and len(said) < 9
    return min(int(said), LONGEST_WAIT_SECONDS) if is_number else None
