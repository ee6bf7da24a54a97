"""How a file is sealed: in chunks, each bound to its place and to whether it is the last.

    FSF1 | salt (32 bytes) | chunk 0 | chunk 1 | … | last chunk

Each chunk is AES-256-GCM (NIST SP 800-38D) of at most 64 KiB under a key that HKDF (RFC 5869) makes from the person's
key and the salt, so that no two files share one. Its nonce is the chunk's number and, in the last byte, whether it is
the last: a chunk that is missing, repeated, moved or appended does not open (the STREAM construction; Hoang,
Reyhanitabar, Rogaway, Vizár, CRYPTO 2015). The header is authenticated with every chunk.
"""

import hmac
import os
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.files.errors import FileDamaged

MAGIC = b"FSF1"
SALT_BYTES = 32
HEADER_BYTES = len(MAGIC) + SALT_BYTES
CHUNK_BYTES = 64 * 1024
TAG_BYTES = 16

_KEY_BYTES = 32
_SEALING, _NAMING = b"firstshift file v1", b"firstshift file name v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKey:
    """The key of one person's files, 32 bytes, and the id by which it is found again."""

    key_id: str
    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != _KEY_BYTES:
            raise ValueError(f"a key of files has {_KEY_BYTES} bytes")

    def naming(self) -> "hmac.HMAC":
        """A keyed hash to be fed with the content: its hex digest is the file's name."""
        return hmac.new(_derived(self.secret, salt=b"", purpose=_NAMING), digestmod=sha256)


async def sealed(content: AsyncIterable[bytes], *, key: FileKey) -> AsyncIterator[bytes]:
    """The header and the sealed chunks of a content, which may come in pieces of any size."""
    header = MAGIC + os.urandom(SALT_BYTES)
    cipher = _cipher(key, header)
    yield header
    async for piece, nonce in _pieces(content, CHUNK_BYTES):
        yield cipher.encrypt(nonce, piece, header)


async def opened(box: AsyncIterable[bytes], *, key: FileKey) -> AsyncIterator[bytes]:
    """The content again, chunk by chunk, none before it was verified. Raises FileDamaged."""
    pieces = _after_header(box)
    header = await anext(pieces)
    if len(header) != HEADER_BYTES or not header.startswith(MAGIC):
        raise FileDamaged("a file does not begin as files do")
    cipher = _cipher(key, header)
    async for piece, nonce in _pieces(pieces, CHUNK_BYTES + TAG_BYTES):
        try:
            yield cipher.decrypt(nonce, piece, header)
        except InvalidTag:
            raise FileDamaged("a chunk of a file does not open in its place") from None


def sealed_size(size: int) -> int:
    """The bytes that a content of this many bytes takes when it is sealed."""
    chunks = max(1, -(-size // CHUNK_BYTES))
    return HEADER_BYTES + size + chunks * TAG_BYTES


async def _pieces(parts: AsyncIterable[bytes], size: int) -> AsyncIterator[tuple[bytes, bytes]]:
    """Pieces of this size, the last one of at most it, each with its nonce."""
    waiting, number = bytearray(), 0
    async for part in parts:
        waiting += part
        while len(waiting) > size:
            yield bytes(waiting[:size]), _nonce(number, is_last=False)
            del waiting[:size]
            number += 1
    yield bytes(waiting), _nonce(number, is_last=True)


async def _after_header(box: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    """The header first, by itself; then the rest as it comes."""
    begun, is_told = bytearray(), False
    async for part in box:
        if is_told:
            yield part
            continue
        begun += part
        if len(begun) >= HEADER_BYTES:
            is_told = True
            yield bytes(begun[:HEADER_BYTES])
            yield bytes(begun[HEADER_BYTES:])
    if not is_told:
        yield bytes(begun)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((is_last,))


def _cipher(key: FileKey, header: bytes) -> AESGCM:
    return AESGCM(_derived(key.secret, salt=header[len(MAGIC) :], purpose=_SEALING))


def _derived(secret: bytes, *, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY_BYTES, salt=salt, info=purpose).derive(secret)
