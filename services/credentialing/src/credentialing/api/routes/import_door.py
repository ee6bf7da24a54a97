"""The door for what comes in from another system as a file, and for what would come of it."""

from typing import Annotated

from fastapi import Depends, Header, Query
from starlette.requests import Request

from shared.http.errors import IdempotencyKeyMissing
from shared.http.uploads import UploadDoor


class ImportDoor(UploadDoor):
    """Takes a file and does one command with it, or only says what would be answered."""

    @property
    def is_rehearsal(self) -> bool:
        """Whether nothing of what comes in is to be kept."""
        return self._is_rehearsal


async def import_door(
    request: Request,
    *,
    idempotency_key: Annotated[
        str | None, Header(description="New for each command, the same when it is repeated: 1 to 255 characters.")
    ] = None,
    validate_only: Annotated[
        bool, Query(description="Only say what would be answered; nothing is changed and no key is needed.")
    ] = False,
) -> ImportDoor:
    """The door of this request. Raises IdempotencyKeyMissing before anything is read."""
    if idempotency_key is None and not validate_only:
        raise IdempotencyKeyMissing
    return ImportDoor(request, key=idempotency_key, is_rehearsal=validate_only)


Imports = Annotated[ImportDoor, Depends(import_door)]
"""The type of a route's parameter `door`."""
