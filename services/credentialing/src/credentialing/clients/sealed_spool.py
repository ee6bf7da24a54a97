"""What has to be read out of order on its way in, on the disk under a key that only this process has.

The file has no name as soon as it is open, and its key is forgotten with it: what is left of it tells nothing. It is
counted through by AES-CTR (NIST SP 800-38A, 6.5), under a key for this one file, so that it can be read from any place.
"""

import io
import os
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

_BLOCK = 16
_KEY_BYTES = 32
BUFFER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedSpool:
    """The content, to be read from any place, and its SHA-256; `descriptor` is that of the file on the disk."""

    file: IO[bytes]
    digest: bytes
    descriptor: int


@asynccontextmanager
async def sealed_spool(parts: AsyncIterable[bytes]) -> AsyncIterator[SealedSpool]:
    """The parts as a file that can be read from any place; gone afterwards. Raises what the parts raise."""
    key, digest = os.urandom(_KEY_BYTES), sha256()
    with TemporaryFile() as file:
        sealing = _counting(key, block=0)
        async for part in parts:
            digest.update(part)
            file.write(sealing.update(part))
        file.flush()
        opened = io.BufferedReader(_Opened(file, key), BUFFER_BYTES)
        yield SealedSpool(file=opened, digest=digest.digest(), descriptor=file.fileno())


class _Opened(io.RawIOBase):
    """The content of such a file."""

    def __init__(self, file: IO[bytes], key: bytes) -> None:
        self._file = file
        self._key = key
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._place}.get(whence)
        self._place = (self._file.seek(0, os.SEEK_END) if begin is None else begin) + offset
        if self._place < 0:
            raise ValueError("before the beginning of the file")
        return self._place

    def readinto(self, target: Any, /) -> int:
        block, into = divmod(self._place, _BLOCK)
        self._file.seek(block * _BLOCK)
        content = _counting(self._key, block=block).update(self._file.read(into + len(target)))[into:]
        target[: len(content)] = content
        self._place += len(content)
        return len(content)


def _counting(key: bytes, *, block: int) -> CipherContext:
    return Cipher(AES256(key), CTR(block.to_bytes(_BLOCK, "big"))).encryptor()
