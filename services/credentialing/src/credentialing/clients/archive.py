"""A zip that is made while it is sent: no document is in memory whole."""

import io
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from zipfile import ZIP_STORED, ZipFile, ZipInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A file of the zip: its name, and its content in parts."""

    name: str
    parts: AsyncIterator[bytes]


async def zipped(members: Sequence[Member]) -> AsyncIterator[bytes]:
    """The zip in parts, uncompressed (documents are compressed already), each file dated alike."""
    tray = _Tray()
    with ZipFile(tray, "w", ZIP_STORED) as archive:
        for member in members:
            with archive.open(ZipInfo(member.name), "w", force_zip64=True) as target:
                async for part in member.parts:
                    target.write(part)
                    yield tray.taken()
            yield tray.taken()
    yield tray.taken()


async def whole(content: bytes) -> AsyncIterator[bytes]:
    """Content that is there already, as parts."""
    yield content


class _Tray(io.RawIOBase):
    """Takes what the zip writes until it is sent; it cannot be sought, so sizes come after each file."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """What came since the last time."""
        parts, self._parts = b"".join(self._parts), []
        return parts
