"""Where documents come in and lie: the store, the keys, who looks into them."""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from credentialing.clients.arrival import Arrival
from credentialing.clients.clamav import Scanner, ScannerUnavailable
from credentialing.clients.inspector import Inspector
from credentialing.clients.picturer import Picturer
from credentialing.domain.documents.errors import DocumentInfected
from credentialing.domain.documents.inspection import Inspection
from credentialing.domain.documents.media import MediaType
from shared.files.chunks import FileKey
from shared.files.errors import FileDamaged
from shared.files.store import FileStore, Incoming
from shared.vault.vault import Vault

MOST_BYTES = 25 * 1024 * 1024


class Verdict(StrEnum):
    """What came of having a kept file scanned."""

    CLEAN = "clean"
    INFECTED = "infected"
    DAMAGED = "damaged"
    """The file is not as it was put."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A file that came in and is good. `is_scanned`: the scanner, where there is one, found nothing."""

    incoming: Incoming
    key: FileKey
    media_type: MediaType
    inspection: Inspection
    is_scanned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What documents need from outside the database. Without a scanner none is asked.

    `most_bytes` is how large one may be; routes count what comes in, and archives what they unpack.
    """

    store: FileStore
    vault: Vault
    inspector: Inspector
    scanner: Scanner | None = None
    picturer: Picturer = field(default_factory=Picturer)
    most_bytes: int = MOST_BYTES

    @asynccontextmanager
    async def received(
        self, parts: AsyncIterable[bytes], *, declared: str | None, key: FileKey
    ) -> AsyncIterator[Received]:
        """A file taken in and looked into; what is not kept by the end is removed, whatever happens.

        Raises the refusals of `domain.documents.errors` about files, FilesUnavailable, ProgramUnavailable, and what
        `parts` raises.
        """
        arrival = Arrival(parts, declared=declared)
        incoming = await self.store.take_in(arrival.parts(), key=key)
        try:
            inspection = await self._inspected(incoming, key=key, media_type=arrival.media_type)
            is_scanned = await self._scanned(self.store.look_at(incoming, key=key))
            yield Received(
                incoming=incoming,
                key=key,
                media_type=arrival.media_type,
                inspection=inspection,
                is_scanned=is_scanned,
            )
        finally:
            await self.store.discard(incoming)

    async def verdict(self, file: str, *, key: FileKey) -> Verdict | None:
        """What the scanner says of a kept file; None while it is away, or while none is set up.

        So nothing that came in while one was asked for becomes ready without it. Raises FilesUnavailable.
        """
        if self.scanner is None:
            return None
        try:
            is_clean = await self.scanner.is_clean(self.store.open(file, key=key))
        except ScannerUnavailable:
            return None
        except FileDamaged:
            return Verdict.DAMAGED
        return Verdict.CLEAN if is_clean else Verdict.INFECTED

    async def _inspected(self, incoming: Incoming, *, key: FileKey, media_type: MediaType) -> Inspection:
        content = self.store.look_at(incoming, key=key)
        inspection = await self.inspector.inspect(content, media_type=media_type)
        if refusal := inspection.refusal(media_type, self.inspector.bounds):
            raise refusal
        return inspection

    async def _scanned(self, content: AsyncIterable[bytes]) -> bool:
        """Whether it was; False while the scanner is away. Raises DocumentInfected."""
        if self.scanner is None:
            return True
        try:
            is_clean = await self.scanner.is_clean(content)
        except ScannerUnavailable:
            return False
        if not is_clean:
            raise DocumentInfected
        return True
