"""The documents that come with a profile: which there are to be, where each belongs, and what comes of it."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from credentialing.domain.documents.document import PARTITIONS
from credentialing.domain.profile.profile import partition_of
from credentialing.domain.requirement import Partition
from credentialing.domain.rulebook.catalogue.whole import CATALOGUE
from shared.errors import Finding

PROFILE: Final = "profile.json"
FOLDER: Final = "documents/"
MOST_PAPERS: Final = 500
"""As many as a profile gives out."""

MOST_PROFILE_BYTES: Final = 4 * 1024 * 1024

_PATH = re.compile(r"documents/[A-Za-z0-9][A-Za-z0-9._-]{0,120}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file of an archive, and its size in bytes when it is unpacked."""

    name: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document that a profile names: `place` is that of its part in the profile, `path` where it lies in the archive.

    `category` is the part of the file that the sender keeps it in, `code` the item that the sender had it for, and
    `backs` the items of the credentials that name it.
    """

    place: int
    path: str
    sha256: str
    size: int
    media_type: str
    category: str
    code: str | None = None
    backs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongs:
    """The parts of the file that a document goes to, each once; without any, `because` says why it is not taken."""

    partitions: tuple[Partition, ...] = ()
    because: str | None = None


def differences(listed: Sequence[Listed], entries: Collection[Entry]) -> tuple[Finding, ...]:
    """Where an archive does not hold just what its profile lists; nothing of it is taken then.

    Shape: one finding a fault; those about documents point into the profile, those about entries into the archive.
    """
    sizes = {one.name: one.size for one in entries}
    paths = {one.path for one in listed}
    return (
        *(fault for one in listed for fault in _listing_faults(one, sizes, listed)),
        *(fault for place, one in enumerate(entries) for fault in _entry_faults(place, one, paths)),
    )


def hash_differs(listed: Listed) -> Finding:
    """That the content of a document is another one than its profile says."""
    message = "The document in the archive is not the one that the profile names. Export the profile again."
    return _at(listed, "sha256", code="hash_differs", message=message)


def entry_damaged(listed: Listed) -> Finding:
    """That a document cannot be unpacked."""
    return _at(listed, "url", code="entry_damaged", message="It cannot be unpacked. Send the archive again.")


def belongs(listed: Listed) -> Belongs:
    """Where a document goes: the part that the sender keeps it in, if any credential of that part, or none, names it.

    A sender that names no part of ours leaves it to the items. Nothing is brought under other readers than its
    sender's by the items alone, and no document comes into a part where no item wants it.
    """
    named = [code for code in (*listed.backs, *([listed.code] if listed.code else [])) if code in CATALOGUE]
    wanted = tuple(dict.fromkeys(part for code in named if (part := partition_of(code)) in PARTITIONS))
    kept_in = next((part for part in PARTITIONS if part == listed.category), None)
    if kept_in is None:
        return Belongs(partitions=wanted) if wanted else Belongs(because="partition_missing")
    if wanted and kept_in not in wanted:
        return Belongs(because="partition_differs")
    return Belongs(partitions=(kept_in,))


def code_in(listed: Listed, partition: Partition) -> str | None:
    """The item that a document is for in a part of the file, if the profile tells."""
    named = (*([listed.code] if listed.code else []), *listed.backs)
    return next((code for code in named if code in CATALOGUE and partition_of(code) == partition), None)


def _listing_faults(one: Listed, sizes: dict[str, int], listed: Sequence[Listed]) -> Iterator[Finding]:
    if not _PATH.fullmatch(one.path):
        message = "A document lies under documents/, by a name of letters, digits, dots and dashes."
        yield _at(one, "url", code="path_refused", message=message)
    elif any(other.path == one.path for other in listed if other.place < one.place):
        yield _at(one, "url", code="named_twice", message="Two documents of the profile are said to lie there.")
    elif one.path not in sizes:
        yield _at(one, "url", code="entry_missing", message="The archive does not hold it. Export the profile again.")
    elif sizes[one.path] != one.size:
        yield _at(one, "size", code="size_differs", message="The document in the archive has another size.")


def _entry_faults(place: int, entry: Entry, paths: Collection[str]) -> Iterator[Finding]:
    if entry.name == PROFILE or entry.name in paths:
        return
    message = f"Entry {place + 1} of the archive is not named by the profile. An archive holds nothing else."
    yield Finding(pointer=f"/archive/{place}", code="entry_not_listed", message=message)


def _at(listed: Listed, field: str, *, code: str, message: str) -> Finding:
    return Finding(pointer=f"/profile/entry/{listed.place}/resource/attachment/{field}", code=code, message=message)
