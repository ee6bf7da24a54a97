"""Seals what the portal keeps of signed-in people, and what it gives their browsers to keep (AES-256-GCM)."""

import hmac
import json
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final

from portal.domain.browser_session import Tokens
from shared.errors import Unavailable
from shared.vault.ciphers import decoded, decrypt, encoded, encrypt
from shared.vault.errors import SealBroken

SHORTEST_KEY: Final = 32
_PURPOSE: Final = b"firstshift portal sessions v1"


class SessionSeal:
    """Seals under one key, which a file holds as hexadecimal text; what was sealed for one place opens in no other."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._key: bytes | None = None

    def seal_tokens(self, tokens: Tokens, *, place: str) -> bytes:
        """The tokens as they are stored. Raises Unavailable without a key."""
        said = {**asdict(tokens), "lives": int(tokens.lives.total_seconds())}
        return encrypt(json.dumps(said).encode(), key=self._known(), bound_to=place.encode())

    def open_tokens(self, sealed: bytes, *, place: str) -> Tokens | None:
        """The tokens; None when they were sealed under another key. Raises Unavailable without a key."""
        try:
            said = json.loads(decrypt(sealed, key=self._known(), bound_to=place.encode()))
        except SealBroken:
            return None
        return Tokens(**{**said, "lives": timedelta(seconds=said["lives"])})

    def seal_text(self, text: str, *, place: str) -> str:
        """A text for a browser to keep. Raises Unavailable without a key."""
        return encoded(encrypt(text.encode(), key=self._known(), bound_to=place.encode()))

    def open_text(self, offered: str, *, place: str) -> str | None:
        """The text that a browser brought back; None for anything that was not sealed here for this place."""
        try:
            return decrypt(decoded(offered), key=self._known(), bound_to=place.encode()).decode()
        except (SealBroken, ValueError):
            return None

    def _known(self) -> bytes:
        if self._key is None:
            self._key = hmac.digest(self._read(), _PURPOSE, sha256)
        return self._key

    def _read(self) -> bytes:
        try:
            secret = bytes.fromhex(Path(self._path).read_text().strip()) if self._path else b""
        except (OSError, ValueError) as error:
            raise Unavailable("the key of sessions cannot be read") from error
        if len(secret) < SHORTEST_KEY:
            raise Unavailable("SESSION_KEY names no key of 32 bytes")
        return secret
