"""Tells every open page of this process what changes: one line to the database, however many listen.

It begins with the first listener and ends some time after the last: at rest, nothing runs.
"""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import Context
from dataclasses import dataclass, field
from typing import Final

import structlog
from starlette.requests import Request

from portal.api.pages.live_mail import PLACES, SERVICES, Mailbox
from portal.app.be_present import be_present
from portal.clients.health import Down, Health
from portal.domain.change import MOST_IDS
from portal.domain.live_errors import TooManyStreams
from portal.domain.presence import RENEWED_EVERY, Presence
from portal.storage.changes import MANY, Line, engine_url, listen
from portal.storage.outages import named_outages
from shared.db.work import Works
from shared.errors import Unavailable
from shared.messaging.pause import backoff, pause, waking
from shared.observe.places import places
from shared.principal import system
from shared.reach import Reach

log = structlog.get_logger()

RESOURCE: Final = "live"
MOST_STREAMS: Final = 6
LINGER_SECONDS: Final = 30
"""Somebody who goes from page to page leaves and enters each time."""

GATHER_SECONDS: Final = 0.1
"""Changes of many commits are looked up and told at once; nobody sees a tenth of a second."""

PROVE_SECONDS: Final = 5
"""A line on which nothing is heard is asked something: silence may be its end."""

SETTLE_SECONDS: Final = 0.5
READY_SECONDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listener:
    """Somebody with an open page: how far they reach, which places it shows, and what they have yet to be told."""

    person_id: str
    reach: Reach
    places: frozenset[str] = frozenset()
    mailbox: Mailbox = field(default_factory=Mailbox)


class Live:
    """All listeners of this process."""

    def __init__(self, health: Health) -> None:
        self._health = health
        self._listeners: set[Listener] = set()
        self._heard: dict[str, set[str]] = {}
        self._has_heard = asyncio.Event()
        self._has_moved = asyncio.Event()
        self._is_ready = asyncio.Event()
        self._stop = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._end: asyncio.TimerHandle | None = None

    @property
    def down(self) -> tuple[Down, ...]:
        """The services that do not answer, as far as anybody listens."""
        return self._health.down

    def require_room(self, person_id: str) -> None:
        """Raises TooManyStreams for somebody who has as many as one person may have."""
        if sum(one.person_id == person_id for one in self._listeners) >= MOST_STREAMS:
            raise TooManyStreams(most=MOST_STREAMS)

    @contextmanager
    def listening(self, listener: Listener, works: Works) -> Iterator[None]:
        """Tells the listener what changes until the block ends."""
        self._listeners.add(listener)
        self._has_moved.set()
        self._begin(works)
        try:
            yield
        finally:
            self._listeners.discard(listener)
            self._has_moved.set()
            if not self._listeners:
                self._end = asyncio.get_running_loop().call_later(LINGER_SECONDS, self._stop.set)

    @property
    def is_fed(self) -> bool:
        """Whether listeners are told what changes."""
        return self._task is not None and not self._task.done()

    async def ready(self) -> None:
        """Returns when the line stands: nothing that commits from now on is missed. After 2 s it returns anyway."""
        with suppress(TimeoutError):
            async with asyncio.timeout(READY_SECONDS):
                await self._is_ready.wait()

    async def close(self) -> None:
        """Ends what runs in the background."""
        self._stop.set()
        if self._end:
            self._end.cancel()
        if self._task:
            await self._task

    def _begin(self, works: Works) -> None:
        if self._end:
            self._end.cancel()
            self._end = None
        if self._task is None or self._task.done() or self._stop.is_set():
            self._stop = asyncio.Event()
            # A context of its own: this is no part of the request that happens to come first.
            self._task = asyncio.create_task(self._run(works, self._stop), context=Context())
            self._task.add_done_callback(self._end_streams)

    async def _run(self, works: Works, stop: asyncio.Event) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._follow(works, stop))
            group.create_task(self._keep_presence(works, stop))
            group.create_task(self._health.watch(stop, now=works.clock.now, changed=self._tell_services))

    def _end_streams(self, task: asyncio.Task[None]) -> None:
        """Streams end with what feeds them, so that whoever comes back begins it anew; a defect is logged."""
        if not task.cancelled() and (error := task.exception()):
            log.error("live.died", where=places(error))
        for listener in self._listeners if task is self._task else ():
            listener.mailbox.woken.set()

    async def _follow(self, works: Works, stop: asyncio.Event) -> None:
        waits = backoff()
        is_lost = False
        while not stop.is_set():
            try:
                async with listen(engine_url(works.engine), self._hear) as line:
                    waits = backoff()
                    if is_lost:
                        self._tell_everything()
                    self._is_ready.set()
                    await self._pass_on(line, stop)
            except Unavailable as error:
                is_lost = True
                log.warning("live.interrupted", where=places(error))
                await pause(stop, next(waits))
            finally:
                self._is_ready.clear()

    async def _pass_on(self, line: Line, stop: asyncio.Event) -> None:
        async with waking(self._has_heard, at=stop):
            while not stop.is_set():
                await pause(self._has_heard, PROVE_SECONDS)
                await pause(stop, GATHER_SECONDS)
                self._has_heard.clear()
                heard, self._heard = self._heard, {}
                await self._tell(line, heard)

    def _hear(self, kind: str, ids: Collection[str]) -> None:
        known = self._heard.setdefault(kind, set())
        known.update(ids)
        if len(known) > MOST_IDS and kind != PLACES:
            self._heard[MANY] = set()
        self._has_heard.set()

    async def _tell(self, line: Line, heard: Mapping[str, Collection[str]]) -> None:
        if MANY in heard:
            self._tell_everything()
            wanted: Mapping[str, Collection[str]] = {}
        else:
            wanted = heard
        changes = await line.behind(
            items=wanted.get("items", ()), assignments=wanted.get("assignments", ()), notes=wanted.get("notes", ())
        )
        for listener in self._listeners:
            listener.mailbox.put(PLACES, listener.places.intersection(heard.get(PLACES, ())))
            listener.mailbox.put_changes(changes, listener.reach)

    def _tell_everything(self) -> None:
        for listener in self._listeners:
            listener.mailbox.put_everything()

    def _tell_services(self) -> None:
        for listener in self._listeners:
            listener.mailbox.put(SERVICES, [one.name for one in self.down])

    async def _keep_presence(self, works: Works, stop: asyncio.Event) -> None:
        kept: frozenset[Presence] = frozenset()
        async with waking(self._has_moved, at=stop):
            while not stop.is_set():
                self._has_moved.clear()
                here = self._here()
                if here or kept:
                    kept = await self._noted(works, here=here, kept=kept)
                await pause(self._has_moved, RENEWED_EVERY.total_seconds())
                await pause(stop, SETTLE_SECONDS)  # going from page to page is one move

    async def _noted(
        self, works: Works, *, here: frozenset[Presence], kept: frozenset[Presence]
    ) -> frozenset[Presence]:
        """Who is noted as being somewhere by now."""
        try:
            with named_outages():
                async with works.begin(system(works.service)) as work:
                    await be_present(work, here=here, gone=kept - here)
        except Unavailable as error:
            log.warning("live.presence_unkept", where=places(error))
            return kept
        return here

    def _here(self) -> frozenset[Presence]:
        return frozenset(
            Presence(place=place, person_id=one.person_id) for one in self._listeners for place in one.places
        )


def live_of(request: Request) -> Live:
    """The listeners of this application."""
    live: Live = getattr(request.app.state, RESOURCE)
    return live


def down_of(request: Request) -> tuple[Down, ...]:
    """The services that do not answer; none where nobody can know."""
    live: Live | None = getattr(request.app.state, RESOURCE, None)
    return live.down if live else ()
