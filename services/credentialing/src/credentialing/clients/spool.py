"""A file on its way to the disk, where it lies until it was dealt with: never whole in memory."""

from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """Where the file lies for now, and the SHA-256 of its bytes."""

    path: Path
    digest: bytes


@asynccontextmanager
async def spooled(parts: AsyncIterable[bytes]) -> AsyncIterator[Spooled]:
    """The parts as a file, which is gone afterwards. Raises what the parts raise."""
    with TemporaryDirectory(prefix="firstshift-") as folder:
        path, digest = Path(folder) / "body", sha256()
        with path.open("wb") as file:
            async for part in parts:
                digest.update(part)
                file.write(part)
        yield Spooled(path=path, digest=digest.digest())
