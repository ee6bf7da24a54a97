"""The HTTP server of a service: uvicorn, which hears of a signal instead of looking for one ten times a second."""

import asyncio
from types import FrameType

import uvicorn

from shared.messaging.pause import pause

TICK_SECONDS = 1.0
"""How often the Date header of the answers is made anew (RFC 9110, 6.6.1): all that a server at rest has to do."""


class Server(uvicorn.Server):
    """Serves until a signal ends it; at rest it wakes once a tick.

    `ending` is set before it waits for answers that are on their way: one without an end can end itself then.
    """

    def __init__(
        self, config: uvicorn.Config, *, tick_seconds: float = TICK_SECONDS, ending: asyncio.Event | None = None
    ) -> None:
        super().__init__(config)
        self._tick_seconds = tick_seconds
        self._told = asyncio.Event()
        self._ending = ending or asyncio.Event()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Wakes the loop, which is inside its wait while this handler of a signal runs."""
        super().handle_exit(sig, frame)
        asyncio.get_running_loop().call_soon_threadsafe(self._told.set)

    async def main_loop(self) -> None:
        """Returns when the server is to end. The count 0 lets every tick make the header."""
        while not await self.on_tick(0):
            await pause(self._told, self._tick_seconds)
        self._ending.set()
