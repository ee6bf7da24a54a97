"""What signing in finds on the application, and the unit of work of those of whom nobody knows yet who they are."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Final, TypeVar

from fastapi import Depends
from starlette.requests import Request

from portal.clients.identity import Identity
from portal.clients.session_seal import SessionSeal
from shared.db.work import Work, Works
from shared.http.context import context_of
from shared.principal import Principal

T = TypeVar("T")
RESOURCE: Final = "sign_in"
NOBODY: Final = Principal(subject="anonymous")
SIGNED_IN: Final = "/signed-in"
SIGNED_OUT: Final = "/signed-out"
LINKS: Final = "/l"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInParts:
    """Where people reach the portal, who signs them in, and what seals their sessions."""

    address: str
    identity: Identity
    seal: SessionSeal

    @property
    def is_secure(self) -> bool:
        """Whether people reach the portal by https, so that cookies can be bound to it."""
        return self.address.startswith("https://")


def parts_of(request: Request) -> SignInParts:
    """The parts of this application."""
    parts: SignInParts = getattr(request.app.state, RESOURCE)
    return parts


async def sign_in_parts(request: Request) -> SignInParts:
    """The same as a dependency."""
    return parts_of(request)


async def act(request: Request, do: Callable[[Work], Awaitable[T]]) -> T:
    """Does what `do` does in one transaction, for somebody who is known by a secret alone, and gives its value."""
    works: Works = request.app.state.wiring.works
    context = context_of(request.scope)
    async with works.begin(NOBODY, correlation_id=context.request_id, traceparent=context.traceparent) as work:
        return await do(work)


Have = Annotated[SignInParts, Depends(sign_in_parts)]
