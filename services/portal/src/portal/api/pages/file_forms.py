"""Forms with a file in them: one that is too large is read to its end all the same, and thrown away as it comes.

A browser reads no answer before it has sent everything. One that came earlier would be lost with the connection, and
whoever chose the file would see that the portal is away, not what is wrong.
"""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from starlette.datastructures import FormData
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from shared.http.errors import BadRequest

MOST_READ: Final = 512 * 1024 * 1024
"""Bytes of a form that are read at most, for a route's `LargeBody`. A larger one is refused as any body is."""

MOST_FIELDS: Final = 10
_MULTIPART: Final = "multipart/form-data"


class _TooLarge(MultiPartException):
    """The form is longer than it may be; the parser closes what it has kept of it."""


@asynccontextmanager
async def file_form(request: Request, *, most_bytes: int) -> AsyncIterator[FormData | None]:
    """The form with its one file, which is closed afterwards; None when it is larger. Raises BadRequest."""
    if not request.headers.get("content-type", "").startswith(_MULTIPART):
        yield FormData()
        return
    stream = request.stream()
    try:
        bounded = _bounded(stream, most_bytes)
        form = await MultiPartParser(request.headers, bounded, max_files=1, max_fields=MOST_FIELDS).parse()
    except _TooLarge:
        async for _ in stream:
            pass
        yield None
        return
    except MultiPartException:
        raise BadRequest from None
    try:
        yield form
    finally:
        await form.close()


async def _bounded(parts: AsyncIterator[bytes], most_bytes: int) -> AsyncGenerator[bytes, None]:
    passed = 0
    async for part in parts:
        passed += len(part)
        if passed > most_bytes:
            raise _TooLarge("the form is too large")
        yield part
