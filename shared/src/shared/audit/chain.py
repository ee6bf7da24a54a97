"""The chain: each seal covers the entry and the seal before, under a key that the database does not hold.

Whoever can rewrite every row of the database still cannot make a seal that fits (ADR 0017).
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

GENESIS = bytes(32)
"""The seal before the first."""

SHORTEST_KEY = 32
FIELDS = ("id", "recorded_at", "at", "actor", "on_behalf_of", "action", "object", "reason", "request_id", "details")


class KeyUnusable(Exception):
    """The audit's key cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Makes seals with one key."""

    key: bytes

    def seal(self, before: bytes, *, position: int, entry: Mapping[Any, Any] | RowMapping) -> bytes:
        """The 32 bytes that bind the entry to its position and to everything before."""
        return hmac.digest(self.key, b"%b%d\n%b" % (before, position, canonical(entry)), sha256)


def canonical(entry: Mapping[Any, Any] | RowMapping) -> bytes:
    """The entry's fields as JSON of one form: sorted names, no spaces, instants in UTC to the microsecond."""
    plain = {name: _plain(entry[name]) for name in FIELDS}
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chain_from(key_file: str) -> Chain:
    """The chain of the key in this file: at least 32 bytes, as hexadecimal text.

    Without a file the chain has an empty key: still a chain that anchors outside the database can be held against,
    but one that whoever may write the tables can make anew. Raises KeyUnusable.
    """
    if not key_file:
        return Chain(b"")
    try:
        key = bytes.fromhex(Path(key_file).read_text().strip())
    except (OSError, ValueError) as error:
        raise KeyUnusable(f"AUDIT_KEY: {key_file} is no readable file of hexadecimal digits") from error
    if len(key) < SHORTEST_KEY:
        raise KeyUnusable(f"AUDIT_KEY: {key_file} holds {len(key)} bytes; write {SHORTEST_KEY} random ones")
    return Chain(key)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, UUID) else value
