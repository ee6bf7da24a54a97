"""Refuses bodies over a limit, whether their length was announced or not, and addresses no database could compare."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.http.errors import BodyTooLarge, NulCharacter

LIMIT_BYTES = 1024 * 1024


class BodyLimit:
    """Counts the bytes of a body as they come in. Raises BodyTooLarge from `receive`, as soon as it is known."""

    def __init__(self, app: ASGIApp, *, limit_bytes: int = LIMIT_BYTES) -> None:
        self._app = app
        self._limit_bytes = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            raise NulCharacter
        if _announced(scope) > self._limit_bytes:
            raise BodyTooLarge(limit_bytes=self._limit_bytes)
        received = 0

        async def count() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit_bytes:
                raise BodyTooLarge(limit_bytes=self._limit_bytes)
            return message

        await self._app(scope, count, send)


def _announced(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and len(value) < 20:
            return int(value)
    return 0
