"""The door for commands whose body is a file: it is read once, as it comes in, and never held whole."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Header
from starlette.requests import Request

from shared.db.work import Work
from shared.http.commands import CommandDoor
from shared.http.errors import IdempotencyKeyMissing

T = TypeVar("T")


class UploadDoor(CommandDoor):
    """Takes a file and does one command with it; of the file, the key's fingerprint holds the hash alone."""

    def __init__(self, request: Request, *, key: str | None, is_rehearsal: bool = False) -> None:
        super().__init__(request, key=key, seen_version=None, is_rehearsal=is_rehearsal)
        self._digest = b""

    async def prepare(self, act: Callable[[Work], Awaitable[T]]) -> T:
        """Does what must be decided and committed before anything of the file is read. Safe to repeat."""
        async with self._begin() as work:
            return await act(work)

    def parts(self) -> AsyncIterator[bytes]:
        """The file as it comes in, once. Raises BodyTooLarge and BodyTooSlow as soon as it is known to be one."""
        return self._request.stream()

    def has_received(self, digest: bytes) -> None:
        """Tells what came in by its hash, before the command."""
        self._digest = digest

    async def _content(self) -> bytes:
        return self._digest


async def upload_door(
    request: Request,
    *,
    idempotency_key: Annotated[
        str | None, Header(description="New for each command, the same when it is repeated: 1 to 255 characters.")
    ] = None,
) -> UploadDoor:
    """The door of this request. Raises IdempotencyKeyMissing before anything is read."""
    if idempotency_key is None:
        raise IdempotencyKeyMissing
    return UploadDoor(request, key=idempotency_key)


Uploads = Annotated[UploadDoor, Depends(upload_door)]
"""The type of a route's parameter `door`; the service names the route among its `large_bodies`."""
