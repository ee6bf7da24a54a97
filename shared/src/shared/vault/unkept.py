"""The door for commands that carry a secret: of request and answer nothing is kept.

An Idempotency-Key is remembered with the answer and with a hash of the body, and a number of nine digits is soon found
by its hash. So these commands take no key, and cannot be rehearsed; done twice, they must do no more than done once.
"""

from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request

from shared.http.commands import CommandDoor
from shared.http.idempotency import CommandKey
from shared.http.versions import seen_version


class UnkeptDoor(CommandDoor):
    """Does a command and answers, each time anew."""

    def __init__(self, request: Request, *, seen_version: int | None) -> None:
        super().__init__(request, key=None, seen_version=seen_version, is_rehearsal=False)

    async def _command_key(self) -> CommandKey | None:
        return None


async def unkept_door(
    request: Request,
    *,
    if_match: Annotated[
        str | None, Header(description="The ETag you have seen; a change made meanwhile is then not overwritten.")
    ] = None,
) -> UnkeptDoor:
    """The door of this request. Raises IfMatchMalformed."""
    return UnkeptDoor(request, seen_version=seen_version(if_match))


Unkept = Annotated[UnkeptDoor, Depends(unkept_door)]
"""The type of a route's parameter `door`, as `Commands`."""
