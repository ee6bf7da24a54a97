"""Has PDFs put together by a program of its own, within time and memory, while this one goes on serving."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import structlog

from credentialing.clients.program import end, start
from shared.errors import Unavailable
from shared.files.chunks import FileKey
from shared.files.errors import FileDamaged
from shared.files.store import FileStore, Incoming

log = structlog.get_logger()

PROGRAM: Final = ("-I", "-m", "credentialing.clients.assembly")
SECONDS: Final = 120
MEMORY_BYTES: Final = 1536 * 1024 * 1024
AT_ONCE: Final = 2
READ_BYTES: Final = 64 * 1024
LONGEST_ANSWER: Final = 256 * 1024


class BinderyUnavailable(Unavailable):
    """The program that puts PDFs together cannot be started, or did not end in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One document to be put in: where it is stored, and what it is."""

    file: str
    key: FileKey
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One item with its documents."""

    title: str
    leaves: tuple[Leaf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """One PDF: the sheet in front of it, if it has one, with what that says; then the chapters."""

    sheet: str | None
    data: dict[str, Any]
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What came of it: a file taken in for each volume, and its pages; or which leaves do not open, counted from 0.

    `is_too_much`: the program died or did not end over them.
    """

    incoming: tuple[Incoming, ...] = ()
    pages: tuple[int, ...] = ()
    faulty: tuple[int, ...] = ()
    is_too_much: bool = False


@dataclass(slots=True)
class _Answer:
    """What the program wrote: first the line that tells, then the PDFs one after another."""

    stream: asyncio.StreamReader
    waiting: bytes = b""
    told: dict[str, Any] = field(default_factory=dict)

    async def read_line(self) -> bool:
        """Whether it told anything."""
        while b"\n" not in self.waiting and len(self.waiting) <= LONGEST_ANSWER:
            part = await self.stream.read(READ_BYTES)
            if not part:
                return False
            self.waiting += part
        line, _, self.waiting = self.waiting.partition(b"\n")
        self.told = json.loads(line)
        return True

    async def take(self, size: int) -> AsyncIterator[bytes]:
        """The next bytes. Raises BinderyUnavailable when fewer come."""
        left = size
        while left:
            part = self.waiting or await self.stream.read(READ_BYTES)
            if not part:
                raise BinderyUnavailable("the program that puts PDFs together ended early")
            self.waiting = part[left:]
            yield part[:left]
            left -= len(part[:left])


class Bindery:
    """Puts PDFs together, two orders at a time; more of them wait."""

    def __init__(
        self,
        store: FileStore,
        *,
        seconds: int = SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        program: tuple[str, ...] = PROGRAM,
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._program = program
        self._slots = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def bound(self, volumes: Sequence[Volume], *, key: FileKey) -> AsyncIterator[Bound]:
        """The volumes, taken into the store under this key; what is not kept by the end is removed.

        Raises BinderyUnavailable, FilesUnavailable.
        """
        damaged = await self._damaged(volumes)
        if damaged:
            yield Bound(faulty=damaged)
            return
        async with AsyncExitStack() as leftovers, self._answer(volumes) as answer:
            if answer is None:
                yield Bound(is_too_much=True)
                return
            incoming = []
            for one in answer.told["volumes"]:
                incoming.append(await self._store.take_in(answer.take(one["size"]), key=key))
                leftovers.push_async_callback(self._store.discard, incoming[-1])
            yield Bound(
                incoming=tuple(incoming),
                pages=tuple(one["pages"] for one in answer.told["volumes"]),
                faulty=tuple(answer.told["faulty"]),
            )

    async def sheet(self, name: str, data: dict[str, Any]) -> bytes:
        """A sheet by itself, as PDF. Raises BinderyUnavailable."""
        async with self._answer([Volume(sheet=name, data=data)]) as answer:
            if answer is None:
                raise BinderyUnavailable("the program that puts PDFs together died")
            return b"".join([part async for part in answer.take(answer.told["volumes"][0]["size"])])

    async def _damaged(self, volumes: Sequence[Volume]) -> tuple[int, ...]:
        """The leaves whose stored file is not as it was put: they are read once for that, since what was handed over
        cannot be taken back."""
        found = []
        leaves = [leaf for volume in volumes for chapter in volume.chapters for leaf in chapter.leaves]
        for number, leaf in enumerate(leaves):
            size = 0
            try:
                async for part in self._store.open(leaf.file, key=leaf.key):
                    size += len(part)
            except FileDamaged:
                size = -1
            if size != leaf.size:
                found.append(number)
        return tuple(found)

    @asynccontextmanager
    async def _answer(self, volumes: Sequence[Volume]) -> AsyncIterator[_Answer | None]:
        """What the program says; None when it died, or did not answer in time."""
        async with self._slots:
            process = await self._start()
            try:
                yield await self._told(process, volumes)
            finally:
                await end(process)

    async def _told(self, process: asyncio.subprocess.Process, volumes: Sequence[Volume]) -> _Answer | None:
        assert process.stdout
        answer = _Answer(process.stdout)
        try:
            async with asyncio.timeout(self._seconds):
                await self._hand_over(process, volumes)
                if await answer.read_line():
                    return answer
        except TimeoutError:
            log.warning("packets.binding_ended")
            return None
        log.warning("packets.binding_died", code=await process.wait())
        return None

    async def _hand_over(self, process: asyncio.subprocess.Process, volumes: Sequence[Volume]) -> None:
        """The question and the documents; a program that died meanwhile takes no more."""
        assert process.stdin
        asked = {"memory_bytes": self._memory_bytes, "seconds": self._seconds, "volumes": [_asked(v) for v in volumes]}
        try:
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            for leaf in (leaf for volume in volumes for chapter in volume.chapters for leaf in chapter.leaves):
                async for part in self._store.open(leaf.file, key=leaf.key):
                    process.stdin.write(part)
                    await process.stdin.drain()
            process.stdin.close()
        except ConnectionError:
            return

    async def _start(self) -> asyncio.subprocess.Process:
        try:
            return await start(self._program)
        except OSError as error:
            raise BinderyUnavailable(f"no program can be started: {error.strerror}") from None


def _asked(volume: Volume) -> dict[str, Any]:
    """The volume as the program reads it."""
    items = [
        {"title": one.title, "papers": [{"media_type": leaf.media_type, "size": leaf.size} for leaf in one.leaves]}
        for one in volume.chapters
    ]
    return {"sheet": volume.sheet, "data": volume.data, "items": items}
