"""A TCP proxy before Kafka that can refuse connections, or take them and never answer."""

import asyncio
from contextlib import suppress
from enum import StrEnum

LOOPBACK = "127.0.0.1"
CHUNK = 65536


class Mode(StrEnum):
    """What the proxy does with its callers."""

    PASS = "pass"
    REFUSE = "refuse"
    """Every connection is cut at once: nobody is there."""
    SWALLOW = "swallow"
    """Connections stay open, what comes is read, and nothing is ever answered."""


class Proxy:
    """One listener in front of one port."""

    def __init__(self) -> None:
        self.mode = Mode.PASS
        self._target = 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def open(self, target: int) -> int:
        """Listens before this port; returns the port to call instead."""
        self._target = target
        self._server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def turn(self, mode: Mode) -> None:
        """Changes what happens, also on connections that are open."""
        self.mode = mode
        if mode is not Mode.SWALLOW:  # those that were swallowed cannot go on either
            for writer in set(self._open):
                writer.transport.abort()

    async def close(self) -> None:
        """Lets go of everything."""
        if self._server:
            self._server.close()
        self.turn(Mode.REFUSE)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            if self.mode is Mode.REFUSE:
                return
            await self._join(reader, writer)
        except OSError:
            pass  # one side is gone: so is the other
        finally:
            self._open.discard(writer)
            writer.transport.abort()

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(LOOPBACK, self._target)
        self._open.add(far_writer)
        ways = {
            asyncio.create_task(self._pump(reader, far_writer)),
            asyncio.create_task(self._pump(far_reader, writer)),
        }
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            self._open.discard(far_writer)
            far_writer.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while chunk := await reader.read(CHUNK):
                if self.mode is Mode.PASS:
                    writer.write(chunk)
                    await writer.drain()
