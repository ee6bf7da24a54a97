"""One open page: the stream of events (text/event-stream) that tells it what changed."""

import asyncio
from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from portal.api.pages.cookies import Cookie
from portal.api.pages.live import Listener, live_of
from portal.api.pages.live_mail import PLACES, SERVICES, instant_of
from portal.api.pages.sign_in_parts import parts_of
from portal.app.queries import changes, session
from portal.domain.presence import place_of
from shared.db.work import Works
from shared.errors import Refused
from shared.http.commands import LookingDoor
from shared.http.context import context_of
from shared.http.cookies import hash_of
from shared.messaging.pause import pause, waking
from shared.principal import Principal
from shared.reach import Reach

BEAT_SECONDS: Final = 15
"""Shorter than what proxies wait for an answer that says nothing."""

RETRY_MS: Final = 2000
HEADERS: Final = {"X-Accel-Buffering": "no"}
"""Proxies that would collect the stream pass it on at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """By what somebody listens: their token, and the session of their browser if one came."""

    request: Request
    principal: Principal
    session_hash: str | None

    async def holds(self) -> bool:
        """Whether token and session are as good as they were when the stream began."""
        wiring, context = self.request.app.state.wiring, context_of(self.request.scope)
        try:
            principal = await wiring.withdrawals.present(await wiring.verifier.principal(context.authorization))
        except Refused:
            return False
        if principal != self.principal:
            return False
        session_hash = self.session_hash
        return session_hash is None or await LookingDoor(self.request).read(
            lambda work: session.holds(work, session_hash)
        )


class LiveStream(StreamingResponse):
    """Tells one listener what changes until they, their leave or the process goes."""

    def __init__(self, request: Request, listener: Listener, *, last_id: str) -> None:
        super().__init__(self._events(), media_type="text/event-stream", headers=HEADERS)
        self._request = request
        self._live = live_of(request)
        self._works: Works = request.app.state.wiring.works
        self._ending: asyncio.Event = getattr(request.app.state, "ending", None) or asyncio.Event()
        self._listener = listener
        self._last_id = last_id
        self._leave = Leave(
            request=request, principal=LookingDoor(request).principal, session_hash=_session_hash(request)
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Listens for as long as the answer lasts, whatever ends it."""
        with self._live.listening(self._listener, self._works):
            await super().__call__(scope, receive, send)

    async def _events(self) -> AsyncIterator[str]:
        yield f"retry: {RETRY_MS}\n\n"
        await self._live.ready()
        await self._catch_up()
        mailbox = self._listener.mailbox
        async with waking(mailbox.woken, at=self._ending):
            while not self._ending.is_set() and self._live.is_fed:
                await pause(mailbox.woken, BEAT_SECONDS)
                if not await self._leave.holds():
                    return
                yield "".join(mailbox.take().events(self._works.clock.now()))

    async def _catch_up(self) -> None:
        """Puts into the mailbox what was missed, that there may be others here, and who of the services is away."""
        mailbox, since = self._listener.mailbox, instant_of(self._last_id)
        if since:
            missed = await LookingDoor(self._request).read(lambda work: changes.missed(work, since=since))
            if missed.is_too_much:
                mailbox.put_everything()
            mailbox.put_changes(missed.changes, self._listener.reach)
        mailbox.put(PLACES, self._listener.places)
        mailbox.put(SERVICES, [one.name for one in self._live.down])


async def open_stream(request: Request, *, wanted: Collection[str], last_id: str) -> LiveStream:
    """Begins to tell, from what was missed since `last_id` on. Raises NotAPlace and TooManyStreams."""
    door, named = LookingDoor(request), frozenset(map(place_of, wanted))
    live_of(request).require_room(door.principal.subject)
    places = await door.read(lambda work: changes.reached(work, named)) if named else frozenset()
    reach = context_of(request.scope).reach or Reach()
    return LiveStream(request, Listener(person_id=door.principal.subject, reach=reach, places=places), last_id=last_id)


def _session_hash(request: Request) -> str | None:
    """Of the session by which somebody came; None for one who brought a token."""
    if "authorization" in request.headers:
        return None
    return hash_of(request, Cookie.SESSION, is_secure=parts_of(request).is_secure)
