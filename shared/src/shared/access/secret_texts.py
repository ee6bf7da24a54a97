"""Secrets that browsers and invited people hold for a while: 256 random bits, of which only a hash is kept."""

import secrets
from hashlib import sha256


def new_secret_text() -> str:
    """43 letters and digits, `-` and `_`."""
    return secrets.token_urlsafe(32)


def secret_hash(text: str) -> str:
    """What is kept in its place, as hexadecimal digits. SHA-256 is enough: nobody can try 2^256 texts."""
    return sha256(text.encode(errors="replace")).hexdigest()
