"""A connection to a part of the house that speaks no HTTP, by an address that the operator has set."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stream:
    """The two halves of a connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@asynccontextmanager
async def internal_stream(host: str, port: int, *, seconds: float) -> AsyncIterator[Stream]:
    """A connection that is closed afterwards; everything that is done with it ends after `seconds`.

    Raises TimeoutError and OSError.
    """
    async with asyncio.timeout(seconds):
        reader, writer = await asyncio.open_connection(host, port)
        try:
            yield Stream(reader, writer)
        finally:
            writer.close()
