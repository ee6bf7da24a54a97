"""Which services answer at this moment: each is asked every few seconds whether it is ready."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from secrets import randbelow
from typing import Final

import httpx

from portal.clients.services import NETWORK
from shared.messaging.pause import pause
from shared.outbound.internal import internal_client

READY: Final = "/readyz"
EVERY_MS: Final = 5000
JITTER: Final = 5
"""A fifth, by chance: many processes, started together, do not ask all at once for ever."""

SECONDS: Final = 2
SILENCES: Final = 2
"""A refused connection is certain; a late answer may be chance, so it takes two in a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """A service that does not answer, and since when."""

    name: str
    since: datetime


class Health:
    """What is known of each service; nothing until somebody watches."""

    def __init__(
        self,
        urls: Mapping[str, str],
        *,
        transports: Mapping[str, httpx.AsyncBaseTransport] = NETWORK,
        every_ms: int = EVERY_MS,
    ) -> None:
        """`urls`: the base address by name of service. `transports` take the network's place, by name of service."""
        self._urls = {name: url for name, url in urls.items() if url}
        self._transports = transports
        self._every_ms = every_ms
        self._since: dict[str, datetime] = {}
        self._silences: dict[str, int] = {}

    @property
    def down(self) -> tuple[Down, ...]:
        """The services that do not answer, in the order of their names."""
        return tuple(Down(name=name, since=self._since[name]) for name in sorted(self._since))

    async def watch(self, stop: asyncio.Event, *, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        """Asks until `stop` is set; `changed` hears when a service goes or comes back."""
        async with AsyncExitStack() as clients, asyncio.TaskGroup() as group:
            for name, url in self._urls.items():
                client = internal_client(url, seconds=SECONDS, transport=self._transports.get(name))
                await clients.enter_async_context(client)
                group.create_task(self._watch_one(name, client, stop=stop, now=now, changed=changed))

    async def _watch_one(
        self,
        name: str,
        client: httpx.AsyncClient,
        *,
        stop: asyncio.Event,
        now: Callable[[], datetime],
        changed: Callable[[], None],
    ) -> None:
        while not stop.is_set():
            self._silences[name] = await _silences(client, before=self._silences.get(name, 0))
            is_down = self._silences[name] >= SILENCES
            if is_down != (name in self._since):
                if is_down:
                    self._since[name] = now()
                else:
                    del self._since[name]
                changed()
            await pause(stop, (self._every_ms + randbelow(self._every_ms // JITTER + 1)) / 1000)


async def _silences(client: httpx.AsyncClient, *, before: int) -> int:
    """How often the service has been silent in a row; a refused connection counts as enough at once."""
    try:
        async with asyncio.timeout(SECONDS):
            answer = await client.get(READY)
    except httpx.ConnectError:
        return SILENCES
    except (httpx.HTTPError, TimeoutError):
        return before + 1
    return 0 if answer.is_success else before + 1
