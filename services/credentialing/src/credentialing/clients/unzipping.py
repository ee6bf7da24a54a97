"""A zip from elsewhere, read within bounds. Nothing in it is ever written to the disk under a name of its own."""

import asyncio
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from struct import Struct
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from credentialing.domain.profile.errors import ArchiveUnreadable, EntryDamaged
from credentialing.domain.profile.papers import FOLDER, MOST_PAPERS, Entry

READ_BYTES = 256 * 1024
MOST_ENTRIES = MOST_PAPERS + 2
"""The documents, the profile, and their folder."""

MOST_DIRECTORY_BYTES = 1024 * 1024

_END = Struct("<4s4H2LH")
_SIGNATURE = b"PK\5\6"
_ENCRYPTED = 0x1
_FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What zipfile raises over entries that are not as they should be."""


class Unzipped:
    """The entries of a zip by name, each read no further than the size that the directory gives it."""

    def __init__(self, file: IO[bytes], *, most_bytes: int) -> None:
        """`most_bytes`: of all entries together, unpacked. Raises ArchiveUnreadable."""
        _require_plain(file)
        try:
            self._zip = ZipFile(file)
        except _FAULTS:
            raise ArchiveUnreadable(fault="its directory is damaged") from None
        infos = self._zip.infolist()
        if fault := next(_faults(infos, most_bytes), None):
            raise ArchiveUnreadable(fault=fault)
        self._infos = {one.filename: one for one in infos}
        self.entries = tuple(
            Entry(name=one.filename, size=one.file_size) for one in infos if one.filename != FOLDER or one.file_size
        )

    async def parts(self, name: str) -> AsyncIterator[bytes]:
        """The content of an entry that is there. Raises EntryDamaged, at its end at the latest."""
        try:
            with await asyncio.to_thread(self._zip.open, self._infos[name]) as content:
                while part := await asyncio.to_thread(content.read, READ_BYTES):
                    yield part
        except _FAULTS:
            raise EntryDamaged from None

    async def whole(self, name: str) -> bytes:
        """The content of a small entry. Raises EntryDamaged."""
        return b"".join([part async for part in self.parts(name)])


def _require_plain(file: IO[bytes]) -> None:
    """That the zip is one file that ends with its directory, and that this is small: it is read whole.

    Without a remark after it and a gap before it there is one reading only of where the directory is.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size))
    tail = file.read(_END.size)
    if len(tail) < _END.size or not tail.startswith(_SIGNATURE):
        raise ArchiveUnreadable(fault="it is no zip, it is cut off, or something comes after its end")
    _, disk, first_disk, here, entries, directory_bytes, directory_at, remark = _END.unpack(tail)
    is_one_file = (disk, first_disk, remark) == (0, 0, 0) and here == entries
    if not is_one_file or directory_at + directory_bytes != size - _END.size:
        raise ArchiveUnreadable(fault="its directory is damaged")
    if entries > MOST_ENTRIES or directory_bytes > MOST_DIRECTORY_BYTES:
        raise ArchiveUnreadable(fault=f"it holds more than {MOST_PAPERS} documents")


def _faults(infos: list[ZipInfo], most_bytes: int) -> Iterator[str]:
    if any(one.flag_bits & _ENCRYPTED for one in infos):
        yield "it opens with a password only"
    if any(one.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for one in infos):
        yield "it is packed in a way that few programs know; pack it as an ordinary zip"
    if any(count > 1 for count in Counter(one.filename for one in infos).values()):
        yield "it holds two entries of one name"
    if sum(one.file_size for one in infos) > most_bytes:
        yield f"it unpacks to more than {most_bytes // 1024 // 1024} MB"
