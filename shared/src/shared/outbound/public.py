"""The client for every address that comes from data: webhooks, callbacks, files by address, a tenant's issuer."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore
import httpx

from shared.outbound.address import HTTPS_PORT, public_url
from shared.outbound.dialling import PublicNetwork, Resolve, system_addresses
from shared.outbound.errors import AnswerTooLarge

CONNECT_SECONDS = 3.0
TOTAL_SECONDS = 15.0
MOST_BYTES = 64 * 1024
MOST_CONNECTIONS = 4  # as in shared.outbound.internal

HEADERS = {"User-Agent": "Firstshift", "Accept-Encoding": "identity"}
UNHEARD = ("Location", "Content-Encoding")
"""Headers of an answer that httpx would act on: it reads where a redirect leads, and unpacks a body to any size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The world that a client meets: resolver, network and trusted authorities. A test brings its own."""

    resolve: Resolve = system_addresses
    dialer: httpcore.AsyncNetworkBackend = field(default_factory=httpcore.AnyIOBackend)
    tls: ssl.SSLContext = field(default_factory=lambda: httpx.create_ssl_context(trust_env=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call may use: the ports it may go to, bytes of the answer's body, seconds for all of it."""

    ports: Collection[int] = (HTTPS_PORT,)
    most_bytes: int = MOST_BYTES
    seconds: float = TOTAL_SECONDS


def public_client(limits: Limits | None = None, *, outside: Outside | None = None) -> httpx.AsyncClient:
    """A client that reaches public hosts alone: https, no redirects, no proxy, no cookies, nothing of our own context.

    Every attempt resolves and checks the host anew, and connects within 3 seconds.
    Its calls raise a leaf of AddressRefused, AnswerTooLarge, or another httpx.HTTPError.
    Source: ADR 0015; OWASP ASVS 5.0, 1.3.6 and 15.3.2.
    """
    limits = limits or Limits()
    return _PublicClient(
        limits,
        transport=_PublicTransport(limits, outside or Outside()),
        headers=HEADERS,
        timeout=httpx.Timeout(limits.seconds, connect=min(CONNECT_SECONDS, limits.seconds)),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
    )


class _PublicClient(httpx.AsyncClient):
    """Refuses an address before it makes a request of it."""

    def __init__(self, limits: Limits, **options: Any) -> None:
        super().__init__(**options)
        self._limits = limits

    def build_request(self, method: str, url: httpx.URL | str, **options: Any) -> httpx.Request:
        return super().build_request(method, public_url(url, ports=self._limits.ports), **options)


class _PublicTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that keeps no connection: no attempt rests on the check of an earlier one."""

    def __init__(self, limits: Limits, outside: Outside) -> None:
        super().__init__(verify=outside.tls, trust_env=False)
        self._limits = limits
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=outside.tls,
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=PublicNetwork(outside.resolve, outside.dialer),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        public_url(request.url, ports=self._limits.ports)
        deadline = asyncio.get_running_loop().time() + self._limits.seconds
        try:
            async with asyncio.timeout_at(deadline):
                answer = await super().handle_async_request(request)
        except TimeoutError as error:
            raise httpx.ReadTimeout("the whole call took too long") from error
        for name in UNHEARD:
            answer.headers.pop(name, None)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        answer.stream = _Bounded(answer.stream, most_bytes=self._limits.most_bytes, deadline=deadline)
        return answer


class _Bounded(httpx.AsyncByteStream):
    """A body that ends, one way or the other, within so many bytes and before a deadline of the loop's clock."""

    def __init__(self, body: httpx.AsyncByteStream, *, most_bytes: int, deadline: float) -> None:
        self._body = body
        self._most_bytes = most_bytes
        self._deadline = deadline

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = aiter(self._body)
        read = 0
        while (piece := await self._next(pieces)) is not None:
            read += len(piece)
            if read > self._most_bytes:
                raise AnswerTooLarge(f"the answer is longer than {self._most_bytes} bytes")
            yield piece

    async def _next(self, pieces: AsyncIterator[bytes]) -> bytes | None:
        try:
            async with asyncio.timeout_at(self._deadline):
                return await anext(pieces, None)
        except TimeoutError as error:
            raise httpx.ReadTimeout("the whole call took too long") from error

    async def aclose(self) -> None:
        await self._body.aclose()
