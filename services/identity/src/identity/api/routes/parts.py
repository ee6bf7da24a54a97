"""What identity's routes find on the application, and the door of those who have no token yet."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, TypeVar

from fastapi import Depends
from starlette.requests import Request

from identity.clients.addresses import address_of
from identity.clients.outside_provider import OutsideProvider
from identity.clients.passwords import Passwords
from identity.clients.sealing import Sealer
from identity.clients.signing import Signer
from identity.domain.authorization import RegisteredClient
from shared.db.work import Work, Works
from shared.http.context import context_of
from shared.principal import Principal

T = TypeVar("T")
NOBODY = Principal(subject="anonymous")
RESOURCE = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything that identity's routes need besides units of work."""

    passwords: Passwords
    sealer: Sealer
    signer: Signer
    clients: Mapping[str, RegisteredClient]
    trusted_proxies: tuple[str, ...]
    outside: OutsideProvider | None = None

    @property
    def is_secure(self) -> bool:
        """Whether people reach identity by https, so that cookies can be bound to it."""
        return self.signer.issuer.startswith("https://")


class OpenDoor:
    """Opens units of work for whoever comes; what they may do is decided by the secrets they bring."""

    def __init__(self, request: Request) -> None:
        self._request = request

    async def act(self, do: Callable[[Work], Awaitable[T]]) -> T:
        """Does what `do` does in one transaction, and gives its value."""
        works: Works = self._request.app.state.wiring.works
        context = context_of(self._request.scope)
        async with works.begin(NOBODY, correlation_id=context.request_id, traceparent=context.traceparent) as work:
            return await do(work)


async def parts_of(request: Request) -> Parts:
    """The parts of this application."""
    parts: Parts = getattr(request.app.state, RESOURCE)
    return parts


async def open_door(request: Request) -> OpenDoor:
    """The door of this request."""
    return OpenDoor(request)


def caller(request: Request, parts: Parts) -> str:
    """The address that this request comes from."""
    peer = request.client.host if request.client else None
    forwarded_for = ",".join(request.headers.getlist("x-forwarded-for"))  # some proxies add a line of their own
    return address_of(peer, forwarded_for, trusted=parts.trusted_proxies)


Have = Annotated[Parts, Depends(parts_of)]
Open = Annotated[OpenDoor, Depends(open_door)]
