"""AES-256-GCM (NIST SP 800-38D) with a fresh random nonce for each text, bound to the place that the text is for."""

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.vault.errors import SealBroken
from shared.vault.values import Sealed, Secret

KEY_BYTES = 32
NONCE_BYTES = 12
_VERSION = "v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a sealed text stands. Moved to another row or column, it does not open."""

    table: str
    row: str
    column: str


def new_key() -> bytes:
    """A random key of 256 bits."""
    return os.urandom(KEY_BYTES)


def seal(secret: Secret, *, key: bytes, key_id: str, service: str, place: Place) -> Sealed:
    """The secret under this key, for this place of this service only."""
    box = encrypt(secret.reveal().encode(), key=key, bound_to=_bound(key_id, service, place))
    return _written(key_id, box)


def unseal(sealed: Sealed, *, key: bytes, service: str, place: Place) -> Secret:
    """What was sealed. Raises SealBroken when it was changed, or was sealed for another place or with another key."""
    _, key_id, nonce, ciphertext = sealed.split(".")
    try:
        box = decoded(nonce) + decoded(ciphertext)
    except ValueError:
        raise SealBroken("a sealed text is damaged") from None
    if _written(key_id, box) != sealed:  # base64url can write the same bytes in several ways
        raise SealBroken("a sealed text is damaged")
    return Secret(decrypt(box, key=key, bound_to=_bound(key_id, service, place)).decode())


def encrypt(content: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """Nonce and ciphertext, which only open together with the same `bound_to`."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to)


def decrypt(box: bytes, *, key: bytes, bound_to: bytes) -> bytes:
    """The content. Raises SealBroken."""
    try:
        return AESGCM(key).decrypt(box[:NONCE_BYTES], box[NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise SealBroken("a sealed text does not open with this key in this place") from None


def derived(key: bytes, *, purpose: str) -> bytes:
    """Another key, for this purpose only, from which the first cannot be found (HKDF, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(key)


def encoded(content: bytes) -> str:
    """Bytes as base64url without padding."""
    return urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _written(key_id: str, box: bytes) -> Sealed:
    return Sealed(".".join((_VERSION, key_id, encoded(box[:NONCE_BYTES]), encoded(box[NONCE_BYTES:]))))


def _bound(key_id: str, service: str, place: Place) -> bytes:
    return json.dumps([_VERSION, key_id, service, place.table, place.row, place.column]).encode()
