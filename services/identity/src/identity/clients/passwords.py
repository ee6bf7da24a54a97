"""Hashes passwords by argon2id, two at a time: each takes 19 MiB and a core (OWASP: m=19456, t=2, p=1)."""

import asyncio
from typing import Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from shared.errors import Unavailable

AT_ONCE: Final = 2
MOST_WAITING: Final = 40
"""Beyond these a sign-in is refused at once instead of waiting for seconds."""


class Passwords:
    """Hashes and checks; an account that does not exist costs the same time as one that does."""

    def __init__(self) -> None:
        self._hash = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobodys = self._hash.hash("the password of nobody")

    async def hash(self, password: str) -> str:
        """The hash to keep. Raises Unavailable when too many wait."""
        return str(await self._in_turn(self._hash.hash, password))

    async def is_right(self, password: str, kept: str | None) -> bool:
        """Whether this is the password of the hash; never for None. Raises Unavailable when too many wait."""
        is_right = await self._in_turn(self._hash.verify, password, kept or self._nobodys)
        return bool(is_right) and kept is not None

    async def _in_turn(self, call: object, *values: str) -> object:
        if self._waiting >= MOST_WAITING:
            raise Unavailable("too many sign-ins at once")
        self._waiting += 1
        try:
            async with self._turns:
                return await asyncio.to_thread(call, *values)  # type: ignore[arg-type]
        finally:
            self._waiting -= 1
