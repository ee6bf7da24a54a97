"""Tokens kept in the data folder while they live, for their owner alone: a command need not sign in each time."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from firstshift.home import Home, read_json, write_private_json
from firstshift.sign_in import Token

MARGIN_SECONDS = 60
"""A token is not used in its last minute, so that what it is wanted for can be done."""


class KeptTokens:
    """The tokens of one data folder, by name."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def of(self, name: str, give: Callable[[], Awaitable[Token]]) -> str:
        """The token of before while it lives, or a fresh one, for which one asks and the others wait."""
        async with self._asking[name]:
            known = self._all().get(name)
            if known and known["ends_at"] - MARGIN_SECONDS > time.time():
                return str(known["text"])
            fresh = await give()
            alive = {other: one for other, one in self._all().items() if one["ends_at"] > time.time()}
            write_private_json(self._file, {**alive, name: {"text": fresh.text, "ends_at": fresh.ends_at}})
            return fresh.text

    def _all(self) -> dict[str, Any]:
        return read_json(self._file)

    @property
    def _file(self) -> Path:
        return self._home.keys / "tokens.private.json"
