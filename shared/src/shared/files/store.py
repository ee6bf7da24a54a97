"""Where the files of one service lie: a folder, or a bucket of an S3-compatible store.

A file is taken in under a passing name, looked at, and then kept under its own, which is a keyed hash of its content:
the same content of one person lies there once, and whoever reads the bucket learns neither contents nor whose they are.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url

from shared.files.chunks import FileKey, opened, sealed
from shared.files.errors import FileDamaged, FilesUnavailable
from shared.ids import new_id

if TYPE_CHECKING:
    from obstore.store import ObjectStore

READ_BYTES = 256 * 1024
PART_BYTES = 5 * 1024 * 1024
"""The least that S3 takes as a part of an upload, and so what one upload may hold in memory."""
LISTED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """A file that was taken in and is not kept yet. `name` is the one it will have, `sha256` in hexadecimal."""

    path: str
    name: str
    size: int
    sha256: str


class FileStore:
    """The files of one service. An empty address is a place that was never set up: nothing fails until it is used."""

    def __init__(self, url: str, *, service: str, **options: Any) -> None:
        """`url`: `file:///folder` or `s3://bucket/folder`; `options`: what obstore takes for such a store."""
        self._url = url
        self._service = service
        self._options = options
        self._made: ObjectStore | None = None

    async def take_in(self, content: AsyncIterable[bytes], *, key: FileKey) -> Incoming:
        """Seals the content on its way in; at most two parts of it are in memory.

        What `content` raises leaves nothing behind. Raises FilesUnavailable.
        """
        path, counted = f"{self._service}/incoming/{new_id('inc')}", _Counted(content, key)
        with _available():
            await obstore.put_async(
                self._store(), path, sealed(counted.parts(), key=key), chunk_size=PART_BYTES, max_concurrency=1
            )
        return Incoming(path=path, name=counted.name, size=counted.size, sha256=counted.sha256)

    async def keep(self, incoming: Incoming) -> None:
        """Gives the file its own name, in one step; a file of that name has the same content and is replaced.

        Raises FilesUnavailable, and FileDamaged when it was kept or discarded before.
        """
        with _available():
            await obstore.rename_async(self._store(), incoming.path, self._path(incoming.name))

    async def discard(self, incoming: Incoming) -> None:
        """Removes what is not to be kept; it may be gone already."""
        await self._delete(incoming.path)

    def look_at(self, incoming: Incoming, *, key: FileKey) -> AsyncIterator[bytes]:
        """The content of a file that is not kept yet, as `open` gives it."""
        return self._read(incoming.path, name=incoming.name, key=key)

    def open(self, name: str, *, key: FileKey) -> AsyncIterator[bytes]:
        """The content, in chunks that are verified one by one; the last one only when the whole is what was put.

        Raises FilesUnavailable, FileDamaged.
        """
        return self._read(self._path(name), name=name, key=key)

    async def delete(self, name: str) -> None:
        """Removes a file; it may be gone already. Raises FilesUnavailable."""
        await self._delete(self._path(name))

    async def sweep(self, *, before: datetime) -> int:
        """Removes what was taken in before this instant and never kept, as its process died; how many.

        Raises FilesUnavailable.
        """
        left = [path async for path in self._listed("incoming", before=before)]
        for path in left:
            await self._delete(path)
        return len(left) + await asyncio.to_thread(self._sweep_drafts, before)

    async def names(self, *, before: datetime) -> AsyncIterator[str]:
        """The names of every file kept before this instant. Raises FilesUnavailable."""
        async for path in self._listed("kept", before=before):
            yield path.rpartition("/")[2]

    async def _read(self, path: str, *, name: str, key: FileKey) -> AsyncIterator[bytes]:
        naming, waiting = key.naming(), b""
        with _available():
            found = await obstore.get_async(self._store(), path)
            async for chunk in opened(found.stream(min_chunk_size=READ_BYTES), key=key):
                naming.update(chunk)
                if waiting:
                    yield waiting
                waiting = chunk
        if not compare_digest(naming.hexdigest(), name):
            raise FileDamaged("a file is not the one of this name")
        yield waiting

    async def _delete(self, path: str) -> None:
        try:
            with _available():
                await obstore.delete_async(self._store(), path)
        except FileDamaged:
            return

    async def _listed(self, folder: str, *, before: datetime) -> AsyncIterator[str]:
        with _available():
            found = obstore.list(self._store(), f"{self._service}/{folder}", chunk_size=LISTED_AT_ONCE)
            async for batch in found:
                for path in _paths_before(batch, before):
                    yield path

    def _sweep_drafts(self, before: datetime) -> int:
        """A folder's half-written files, which no list of obstore shows."""
        store = self._store()
        if not isinstance(store, LocalStore) or store.prefix is None:
            return 0
        drafts = Path(store.prefix, self._service, "incoming").glob("*#*")
        old = [draft for draft in drafts if draft.stat().st_mtime < before.timestamp()]
        for draft in old:
            draft.unlink(missing_ok=True)
        return len(old)

    def _path(self, name: str) -> str:
        return f"{self._service}/kept/{name[:2]}/{name}"

    def _store(self) -> "ObjectStore":
        if not self._url:
            raise FilesUnavailable("no place for files is named; FILES_URL names one")
        if self._made is None:
            options: dict[str, Any] = {"mkdir": True} if self._url.startswith("file:") else self._options
            self._made = from_url(self._url, **options)
        return self._made


class _Counted:
    """What passes through is hashed and counted."""

    def __init__(self, content: AsyncIterable[bytes], key: FileKey) -> None:
        self._content = content
        self._naming = key.naming()
        self._digest = sha256()
        self.size = 0

    async def parts(self) -> AsyncIterator[bytes]:
        """The content as it comes."""
        async for part in self._content:
            self._naming.update(part)
            self._digest.update(part)
            self.size += len(part)
            yield part

    @property
    def name(self) -> str:
        return self._naming.hexdigest()

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _paths_before(batch: Sequence[Any], before: datetime) -> Iterator[str]:
    return (one["path"] for one in batch if one["last_modified"] < before)


@contextmanager
def _available() -> Iterator[None]:
    """The store's errors as ours; their messages name places, which nobody outside is told."""
    try:
        yield
    except FileNotFoundError:
        raise FileDamaged("a file is not there") from None
    except (BaseError, OSError) as error:
        raise FilesUnavailable(f"the place for files does not answer as it should ({type(error).__name__})") from None
