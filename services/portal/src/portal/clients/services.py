"""The services' own HTTP APIs, called as the person who asks: their token goes along, and what they answer is theirs.

An answer, a refusal and a silence are values: a page shows each in words. Bodies are never logged.
"""

import asyncio
import json
from collections.abc import AsyncIterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import structlog

from shared.errors import Finding
from shared.http.errors import IfMatchMalformed
from shared.http.versions import etag, seen_version
from shared.outbound.internal import internal_client

log = structlog.get_logger()

SECONDS = 2
"""For a whole call. A rehearsal at assignments asks the four departments for up to 800 ms inside it."""
PICTURE_SECONDS = 20
UPLOAD_SECONDS = 300
"""A file of 25 MB over a telephone's line takes minutes; drawing a page takes a program of its own."""

_JSON = "application/json"
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a service answered: JSON, and the version of the resource where it has one (ETag)."""

    service: str
    status: int
    body: Any
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a service refused: status, stable code, words, and every fault with its place."""

    service: str
    status: int
    code: str
    title: str
    detail: str
    findings: tuple[Finding, ...] = ()
    retry_after_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreachable:
    """A service that did not answer in time, or not at all; `is_unknown`: it may have done the command all the same."""

    service: str
    is_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a service gave as a file to be shown: its bytes and what they are."""

    content: bytes
    media_type: str


Outcome = Answer | Refusal | Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A command: `path` with its query, JSON body, the form's key, and the version that the person had seen."""

    method: str
    path: str
    body: Any = None
    key: str | None = None
    version: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Those of the key and the version."""
        named = {"Idempotency-Key": self.key, "If-Match": None if self.version is None else etag(self.version)}
        return {name: value for name, value in named.items() if value is not None}


NETWORK: Mapping[str, httpx.AsyncBaseTransport] = {}
"""No transport in place of the network."""


class Services:
    """The services that the portal may call, at the addresses that the operator has set; four calls at once each."""

    def __init__(
        self, urls: Mapping[str, str], *, transports: Mapping[str, httpx.AsyncBaseTransport] = NETWORK
    ) -> None:
        """`urls`: the base address by name of service. `transports` take the network's place, by name of service."""
        self._clients = {
            name: internal_client(url, seconds=SECONDS, carries_token=True, transport=transports.get(name))
            for name, url in urls.items()
            if url
        }

    @property
    def names(self) -> tuple[str, ...]:
        """Those that can be called, in the order of the settings."""
        return tuple(self._clients)

    async def get(self, service: str, path: str, *, params: Mapping[str, str] | None = None) -> Outcome:
        """What the service shows this person at a path of its own."""
        return await self._call(service, Sent(method="GET", path=path), params=params)

    async def send(self, service: str, sent: Sent, *, params: Mapping[str, str] | None = None) -> Outcome:
        """Does a command as this person. Repeating it with the same key has no second effect."""
        return await self._call(service, sent, params=params)

    async def picture(self, service: str, path: str) -> Picture | Refusal | Unreachable:
        """What a service draws at a path of its own, as this person may see it."""
        client = self._clients.get(service)
        if client is None:
            return Unreachable(service=service)
        try:
            async with asyncio.timeout(PICTURE_SECONDS):
                answer = await client.get(path, timeout=PICTURE_SECONDS)
        except (httpx.HTTPError, TimeoutError):
            return Unreachable(service=service)
        if answer.is_success:
            return Picture(content=answer.content, media_type=answer.headers.get("content-type", ""))
        outcome = _outcome(service, answer)
        return outcome if isinstance(outcome, Refusal) else Unreachable(service=service)

    async def upload(
        self, service: str, path: str, *, content: AsyncIterable[bytes], headers: Mapping[str, str]
    ) -> Outcome:
        """Sends a file as it comes in, as this person. The same file again is the same document."""
        client = self._clients.get(service)
        if client is None:
            return Unreachable(service=service)
        try:
            async with asyncio.timeout(UPLOAD_SECONDS):
                answer = await client.post(path, content=content, headers=dict(headers), timeout=UPLOAD_SECONDS)
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("portal.upload_ended", to=service, error=type(error).__name__)
            return Unreachable(service=service, is_unknown=not isinstance(error, _NEVER_LEFT))
        return _outcome(service, answer)

    async def _call(self, service: str, sent: Sent, *, params: Mapping[str, str] | None) -> Outcome:
        client = self._clients.get(service)
        if client is None:
            return Unreachable(service=service)
        content = None if sent.body is None else json.dumps(sent.body).encode()
        headers = sent.headers | ({} if content is None else {"Content-Type": _JSON})
        try:
            async with asyncio.timeout(SECONDS):
                answer = await client.request(sent.method, sent.path, params=params, content=content, headers=headers)
        except (httpx.HTTPError, TimeoutError) as error:
            log.warning("portal.service_unreachable", to=service, error=type(error).__name__)
            return Unreachable(service=service, is_unknown=sent.method != "GET" and not isinstance(error, _NEVER_LEFT))
        return _outcome(service, answer)


def _outcome(service: str, answer: httpx.Response) -> Outcome:
    """What the answer says; one that is not the service's own words is as good as none."""
    body = _json(answer)
    if answer.is_success:
        return Answer(service=service, status=answer.status_code, body=body, version=_version(answer))
    if not isinstance(body, dict) or "code" not in body:
        return Unreachable(service=service, is_unknown=answer.status_code >= 500)
    return Refusal(
        service=service,
        status=answer.status_code,
        code=str(body["code"]),
        title=str(body.get("title", "")),
        detail=str(body.get("detail", "")),
        findings=tuple(_finding(one) for one in body.get("errors", ()) if isinstance(one, dict)),
        retry_after_seconds=_seconds(answer.headers.get("retry-after", "")),
    )


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        return None


def _version(answer: httpx.Response) -> int | None:
    try:
        return seen_version(answer.headers.get("etag"))
    except IfMatchMalformed:
        return None


def _seconds(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdigit() else None


def _finding(one: Mapping[str, Any]) -> Finding:
    return Finding(
        pointer=str(one.get("pointer", "")), code=str(one.get("code", "")), message=str(one.get("message", ""))
    )
