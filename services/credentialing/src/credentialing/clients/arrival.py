"""A file on its way in: what refuses it is said as soon as it is seen, whatever is still to come."""

from collections.abc import AsyncIterable, AsyncIterator

import puremagic

from credentialing.domain.documents.errors import DocumentEmpty, DocumentInfected, DocumentTypeRefused
from credentialing.domain.documents.media import (
    EICAR,
    HEAD_BYTES,
    UNHEARD_OF,
    MediaType,
    media_type_of,
    require_as_declared,
    words_of,
)

ZIPPED = b"PK\3\4"
"""What also word processors and spreadsheets begin their files with."""


class Arrival:
    """Passes the parts of a file on as they come; afterwards `media_type` says what it is."""

    def __init__(self, parts: AsyncIterable[bytes], *, declared: str | None) -> None:
        self._parts = parts
        self._declared = declared
        self._head = b""
        self._tail = b""
        self._found: MediaType | None = None

    @property
    def media_type(self) -> MediaType:
        """What the file is; asked once all of it came in."""
        assert self._found
        return self._found

    async def parts(self) -> AsyncIterator[bytes]:
        """The same parts. Raises DocumentEmpty, DocumentTypeRefused, DeclaredTypeDiffers, DocumentInfected."""
        async for part in self._parts:
            if self._found is None:
                self._head += part[: HEAD_BYTES - len(self._head)]
                self._recognise(is_all=False)
            self._require_harmless(part)
            yield part
        self._recognise(is_all=True)

    def _recognise(self, *, is_all: bool) -> None:
        if self._found is not None or (len(self._head) < HEAD_BYTES and not is_all):
            return
        if not self._head:
            raise DocumentEmpty
        found = media_type_of(self._head)
        if found is None:
            raise DocumentTypeRefused(found=_named(self._head))
        require_as_declared(self._declared, found)
        self._found = found

    def _require_harmless(self, part: bytes) -> None:
        """The test file is looked for across the seams of parts, too."""
        seen = self._tail + part
        if EICAR in seen:
            raise DocumentInfected
        self._tail = seen[-(len(EICAR) - 1) :]


def _named(head: bytes) -> str:
    """What people call the file that is none of ours, as far as it can be told."""
    if head.startswith(ZIPPED):
        return "a ZIP archive, or an office document"
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return UNHEARD_OF
    return next((words_of(one.mime_type) for one in found if one.mime_type), UNHEARD_OF)
