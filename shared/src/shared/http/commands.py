"""The door for POST, PUT, PATCH and DELETE: one command, one unit of work, one answer, however often it is repeated.

Doors, like every dependency here, are made by coroutines: FastAPI gives any other callable a thread of its own.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from shared.access.errors import TokenMissing
from shared.db.work import Work, Works
from shared.http.answers import Answer, Rendered, render
from shared.http.context import context_of, route_template
from shared.http.errors import IdempotencyKeyMalformed, IdempotencyKeyMissing
from shared.http.idempotency import CommandKey, claim, keep
from shared.http.versions import seen_version
from shared.principal import Principal
from shared.reach import Reach

T = TypeVar("T")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class Door:
    """Opens the unit of work of one request."""

    _seen_version: int | None = None

    def __init__(self, request: Request) -> None:
        self._request = request
        self._context = context_of(request.scope)

    @property
    def principal(self) -> Principal:
        """Who asks. Raises TokenMissing when the route let them in without asking who they are."""
        if self._context.principal is None:
            raise TokenMissing
        return self._context.principal

    @property
    def reaches(self) -> Mapping[str, Reach]:
        """How far the principal reaches with the route's action, and with each that it asks about besides."""
        return self._context.reaches

    def _begin(self) -> AbstractAsyncContextManager[Work]:
        works: Works = self._request.app.state.wiring.works
        return works.begin(
            self.principal,
            correlation_id=self._context.request_id,
            traceparent=self._context.traceparent,
            seen_version=self._seen_version,
            reach=self._context.reach,
        )


class LookingDoor(Door):
    """Opens the unit of work of one request that changes nothing."""

    async def read(self, look: Callable[[Work], Awaitable[T]]) -> T:
        """What `look` found. It changes nothing, but for the audit's entries. Raises RuntimeError if it would."""
        works: Works = self._request.app.state.wiring.works
        said = self._context
        async with works.look(
            self.principal, correlation_id=said.request_id, traceparent=said.traceparent, reach=said.reach
        ) as work:
            found = await look(work)
        if work.transaction.entries:
            async with self._begin() as noting:
                noting.transaction.entries.extend(work.transaction.entries)
        return found


class ReadDoor(LookingDoor):
    """The door for GET."""

    async def show(self, look: Callable[[Work], Awaitable[T]], *, answer: Callable[[T], Answer]) -> Response:
        """What `look` found, as one resource, which is answered with its version as ETag."""
        return render(answer(await self.read(look))).response()


class CommandDoor(Door):
    """The door for what changes something."""

    def __init__(self, request: Request, *, key: str | None, seen_version: int | None, is_rehearsal: bool) -> None:
        super().__init__(request)
        self._key = key
        self._seen_version = seen_version
        self._is_rehearsal = is_rehearsal

    async def command(self, act: Callable[[Work], Awaitable[T]], *, answer: Callable[[T], Answer]) -> Response:
        """Does what `act` does and answers what `answer` makes of its value; the key and both commit together.

        A repeated command gets the first answer with `Idempotent-Replayed: true` and has no second effect; a refused
        one leaves nothing behind, not even its key. Raises what `act` raises, and the refusals of keys.
        """
        if self._is_rehearsal:
            return await self._rehearse(act, answer=answer)
        key = await self._command_key()
        async with self._begin() as work:
            given = await claim(work.session, key) if key else None
            if given:
                return given.response(**{"Idempotent-Replayed": "true"})
            made = answer(await act(work))
            fresh = render(made)
            if key:
                keep(work.session, key, given=fresh)
            self._audit(work, made)
        return fresh.response()

    def _audit(self, work: Work, made: Answer) -> None:
        """Notes the command: what it was asked of, or what it made; unless the act has noted more of itself."""
        if work.transaction.entries:
            return
        named = "/".join(self._request.path_params.values()) or (made.location or "").rpartition("/")[2]
        work.audit(self._context.action or "", object_id=named or None, reason=self._context.reason)

    async def _rehearse(self, act: Callable[[Work], Awaitable[T]], *, answer: Callable[[T], Answer]) -> Response:
        async with self._begin() as work:
            fresh = render(answer(await act(work)))
            await work.session.flush()  # constraints are asked too
            work.abandon()
        return Rendered(status=200, headers={}, body=fresh.body).response(**{"Validate-Only": "true"})

    async def _command_key(self) -> CommandKey | None:
        request = self._request
        if self._key is None:
            if request.method == "POST":
                raise IdempotencyKeyMissing
            return None
        if not _KEY.fullmatch(self._key):
            raise IdempotencyKeyMalformed
        asked = b"\n".join((request.scope["path"].encode(), request.scope["query_string"], await self._content()))
        return CommandKey(
            key=self._key,
            principal=self.principal.subject,
            route=f"{request.method} {route_template(request.scope)}",
            fingerprint=sha256(asked).digest(),
        )

    async def _content(self) -> bytes:
        """What the body said, for the command's fingerprint."""
        return await self._request.body()


async def read_door(request: Request) -> ReadDoor:
    """The door of this request for reading."""
    return ReadDoor(request)


async def command_door(
    request: Request,
    *,
    idempotency_key: Annotated[
        str | None, Header(description="New for each command, the same when it is repeated: 1 to 255 characters.")
    ] = None,
    if_match: Annotated[
        str | None, Header(description="The ETag you have seen; a change made meanwhile is then not overwritten.")
    ] = None,
    validate_only: Annotated[
        bool, Query(description="Only say what would be answered; nothing is changed and no key is needed.")
    ] = False,
) -> CommandDoor:
    """The door of this request for a command. Raises IfMatchMalformed."""
    return CommandDoor(request, key=idempotency_key, seen_version=seen_version(if_match), is_rehearsal=validate_only)


Commands = Annotated[CommandDoor, Depends(command_door)]
"""The type of a route's parameter `door`: `return await door.command(lambda work: …, answer=lambda value: …)`."""

Reads = Annotated[ReadDoor, Depends(read_door)]
"""The type of a route's parameter `door`: `return await door.read(lambda work: …)`."""
