"""Makes secrets that other systems keep, in a form that secret scanners recognise.

`fs_live_`, 43 letters and digits of 256 random bits, and six of their CRC32: a scanner that finds such a text can tell
a real one from one that only looks like it, without asking anybody. The checksum proves nothing else.
"""

import hmac
import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from shared.access.secret_texts import secret_hash

ALPHABET: Final = string.digits + string.ascii_uppercase + string.ascii_lowercase
RANDOM_BYTES: Final = 32
BODY_LENGTH: Final = 43
"""Digits of base 62 that 256 bits need."""
CHECKSUM_LENGTH: Final = 6
LINK: Final = "link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Minted:
    """A fresh secret: its text, shown once and never kept, and the digest that is kept in its place."""

    text: str
    digest: str


class Mint:
    """Makes the secrets of one deployment; those of a deployment in test mode say so."""

    def __init__(self, *, is_test: bool) -> None:
        self._environment = "test" if is_test else "live"

    def client_secret(self) -> Minted:
        """A secret for an API client."""
        return _minted(self._environment)

    def link_token(self) -> Minted:
        """What lets somebody in by a link, as it stands in an address."""
        return _minted(LINK)


def secret_text(random: bytes, *, label: str) -> str:
    """The text of these 32 random bytes, such as `fs_live_…`. Raises ValueError for another number of bytes."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a secret is made of {RANDOM_BYTES} bytes")
    start = f"fs_{label}_{_base62(int.from_bytes(random, 'big'), BODY_LENGTH)}"
    return start + _checksum(start)


def is_well_formed(text: str) -> bool:
    """Whether the text ends with the checksum of what stands before: a cheap look before the database is asked."""
    start, checksum = text[:-CHECKSUM_LENGTH], text[-CHECKSUM_LENGTH:]
    return start.startswith("fs_") and text.isascii() and _checksum(start) == checksum


def is_among(digest: str, digests: Iterable[str]) -> bool:
    """Whether a digest is one of those, in a time that does not tell how much of it was right."""
    return sum(hmac.compare_digest(digest, known) for known in digests) > 0


def _minted(label: str) -> Minted:
    text = secret_text(secrets.token_bytes(RANDOM_BYTES), label=label)
    return Minted(text=text, digest=secret_hash(text))


def _checksum(start: str) -> str:
    return _base62(crc32(start.encode()), CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits
