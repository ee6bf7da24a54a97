"""Opaque, time-ordered identifiers: UUIDv7 (RFC 9562), and the prefixed form people see."""

import os
import threading
import time
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u
_PAIRS = tuple(first + second for first in _ALPHABET for second in _ALPHABET)
_lock = threading.Lock()
_last_ms_and_count = 0
_random = memoryview(b"")


def _forget_random() -> None:
    global _random
    _random = memoryview(b"")


os.register_at_fork(after_in_child=_forget_random)


def new_uuid() -> UUID:
    """A fresh UUIDv7; later calls in one process sort after earlier ones."""
    global _last_ms_and_count, _random
    with _lock:
        # 48 bits of milliseconds and a 12-bit counter that carries into the next millisecond.
        _last_ms_and_count = max(_last_ms_and_count + 1, (time.time_ns() // 1_000_000) << 12)
        stamp = _last_ms_and_count
        if not _random:
            _random = memoryview(os.urandom(4096))  # asking the kernel for each id costs more than all the rest
        random, _random = _random[:8], _random[8:]
    value = (stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64
    value |= 0b10 << 62 | int.from_bytes(random, "big") >> 2
    return UUID(int=value)


def new_id(prefix: str) -> str:
    """A fresh identifier such as `asg_06f3k8…`: the prefix of its kind and 26 characters of UUIDv7."""
    number = new_uuid().int
    return f"{prefix}_{''.join([_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10)])}"
