"""The documents of an archive, each taken in and looked into as any document that is sent."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256

from credentialing.clients.clamav import ScannerUnavailable
from credentialing.clients.desk import Desk, Received
from credentialing.clients.unzipping import Unzipped
from credentialing.domain.documents import errors
from credentialing.domain.profile.errors import ArchiveDiffers, EntryDamaged
from credentialing.domain.profile.papers import Listed, entry_damaged, hash_differs
from shared.errors import Finding, Refused
from shared.files.chunks import FileKey
from shared.guard.errors import BodyTooLarge

REFUSALS = (
    *(errors.DocumentEmpty, errors.DocumentTypeRefused, errors.DeclaredTypeDiffers, errors.DocumentInfected),
    *(errors.DocumentDamaged, errors.PasswordProtected, errors.ImageTooLarge, errors.TooManyPages),
    errors.DocumentTooComplex,
)
"""Why one document of several is not taken; the others are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document that came along: taken in, or why not."""

    listed: Listed
    received: Received | None = None
    refusal: Refused | None = None


@asynccontextmanager
async def unpacked(
    archive: Unzipped, listed: Sequence[Listed], *, desk: Desk, key: FileKey
) -> AsyncIterator[tuple[Paper, ...]]:
    """Every listed document in its order, all there; what is not kept by the end is removed, whatever happens.

    Raises ArchiveDiffers with each one that is not what the profile says, ScannerUnavailable, so that nothing is
    taken half looked into, and what `Desk.received` raises besides refusals of files.
    """
    async with AsyncExitStack() as leftovers:
        papers, findings = [], list[Finding]()
        for one in listed:
            content = _Hashed(archive.parts(one.path))
            try:
                papers.append(await _taken_in(one, content, leftovers, desk=desk, key=key))
            except EntryDamaged:
                findings.append(entry_damaged(one))
            else:
                findings += [hash_differs(one)] if content.is_whole and content.sha256 != one.sha256 else []
        if findings:
            raise ArchiveDiffers(findings=findings)
        yield tuple(papers)


async def _taken_in(one: Listed, content: "_Hashed", leftovers: AsyncExitStack, *, desk: Desk, key: FileKey) -> Paper:
    if one.size > desk.most_bytes:
        return Paper(listed=one, refusal=BodyTooLarge(limit_bytes=desk.most_bytes))
    try:
        received = await leftovers.enter_async_context(desk.received(content.parts(), declared=one.media_type, key=key))
    except REFUSALS as refusal:
        return Paper(listed=one, refusal=refusal)
    if not received.is_scanned:
        raise ScannerUnavailable("the virus scanner is away, so that no archive is taken in")
    return Paper(listed=one, received=received)


class _Hashed:
    """A content on its way in; whether all of it came by, and its hash then, whatever is thought of it."""

    def __init__(self, content: AsyncIterator[bytes]) -> None:
        self._content = content
        self._digest = sha256()
        self.is_whole = False

    async def parts(self) -> AsyncIterator[bytes]:
        """The same parts."""
        async for part in self._content:
            self._digest.update(part)
            yield part
        self.is_whole = True

    @property
    def sha256(self) -> str:
        """In hexadecimal, as profiles say it."""
        return self._digest.hexdigest()


def passing_key() -> FileKey:
    """A key for what is only looked at: nobody has it afterwards, so that nothing under it can be opened again."""
    return FileKey(key_id="passing", secret=os.urandom(32))
