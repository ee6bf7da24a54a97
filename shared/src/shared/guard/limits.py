"""How much a request may bring: the bytes and the number of its parts, and the time its body takes to come in."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from re import Pattern

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.guard.errors import (
    AddressTooLong,
    BodyTooLarge,
    BodyTooSlow,
    HeadersTooLarge,
    NulCharacter,
    TooManyParameters,
)

BODY_BYTES = 1024 * 1024
BODY_SECONDS = 30.0
ADDRESS_BYTES = 8 * 1024
HEADERS_BYTES = 16 * 1024
"""A token may be 8 KiB of it (shared.access.tokens)."""

HEADERS = 100
PARAMETERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LargeBody:
    """Routes that take more than others: a method, a pattern of the whole path, and what is accepted there."""

    method: str
    path: Pattern[str]
    most_bytes: int
    seconds: float

    def is_at(self, scope: Scope) -> bool:
        """Whether the request is for such a route."""
        return scope["method"] == self.method and self.path.fullmatch(scope["path"]) is not None


class RequestLimits:
    """Refuses an address or headers over a limit at once, and a body as soon as it is known to be over one.

    A body is counted as it comes in, whether its length was announced or not. Raises the refusals of
    `shared.guard.errors`, those of a body from `receive`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        body_bytes: int = BODY_BYTES,
        body_seconds: float = BODY_SECONDS,
        large: Sequence[LargeBody] = (),
    ) -> None:
        self._app = app
        self._body_bytes = body_bytes
        self._body_seconds = body_seconds
        self._large = tuple(large)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        _check_address(scope)
        large = next((one for one in self._large if one.is_at(scope)), None)
        most_bytes, seconds = (large.most_bytes, large.seconds) if large else (self._body_bytes, self._body_seconds)
        if _announced(scope) > most_bytes:
            raise BodyTooLarge(limit_bytes=most_bytes)
        body = _Body(receive, most_bytes=most_bytes, seconds=seconds)
        await self._app(scope, body.receive, send)


class _Body:
    """The body of one request on its way in."""

    def __init__(self, receive: Receive, *, most_bytes: int, seconds: float) -> None:
        self._receive = receive
        self._most_bytes = most_bytes
        self._seconds = seconds
        self._until: float | None = None
        self._received = 0
        self._is_whole = False

    async def receive(self) -> Message:
        """The next part. After the last, the wait for the caller to go away, which may take as long as it likes."""
        if self._is_whole:
            return await self._receive()
        message = await self._part()
        self._received += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._received > self._most_bytes:
            raise BodyTooLarge(limit_bytes=self._most_bytes)
        return message

    async def _part(self) -> Message:
        if self._until is None:
            self._until = asyncio.get_running_loop().time() + self._seconds
        try:
            async with asyncio.timeout_at(self._until):
                return await self._receive()
        except TimeoutError:
            raise BodyTooSlow(limit_seconds=round(self._seconds)) from None


def _check_address(scope: Scope) -> None:
    query = scope["query_string"]
    if len(scope["path"]) + len(query) > ADDRESS_BYTES:
        raise AddressTooLong(limit_bytes=ADDRESS_BYTES)
    if query.count(b"&") >= PARAMETERS:
        raise TooManyParameters(limit=PARAMETERS)
    if "\0" in scope["path"] or b"%00" in query:
        raise NulCharacter


def _announced(scope: Scope) -> int:
    """The length that the body is said to have. Looks at every header, so that their sizes are judged on the way."""
    announced = total = 0
    for name, value in scope["headers"]:
        total += len(name) + len(value)
        if name == b"content-length" and value.isdigit() and len(value) < 20:
            announced = int(value)
    if total > HEADERS_BYTES or len(scope["headers"]) > HEADERS:
        raise HeadersTooLarge(limit_bytes=HEADERS_BYTES, limit=HEADERS)
    return announced
