"""The keys that wrap keys: who keeps them, and the keeper that is a file."""

import hmac
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import structlog

from shared.ids import new_id
from shared.vault.ciphers import KEY_BYTES, decoded, decrypt, encoded, encrypt, new_key
from shared.vault.errors import VaultUnavailable

log = structlog.get_logger()

HOW_TO_MAKE_ONE = "`python -m <service> vault make-keys FILE` makes one; name it by VAULT_KEYS"


class KeyProvider(Protocol):
    """Keeps the wrapping keys of one service; a key management service in the cloud can stand behind it.

    `bound_to` is authenticated with the key, as such services do with their encryption context.
    """

    async def current_key_id(self) -> str:
        """The key that wraps from now on. Raises VaultUnavailable."""
        ...

    async def wrap(self, key: bytes, *, kek_id: str, bound_to: bytes) -> bytes:
        """The key under the wrapping key of this id. Raises VaultUnavailable."""
        ...

    async def unwrap(self, wrapped: bytes, *, kek_id: str, bound_to: bytes) -> bytes:
        """The key again. Raises VaultUnavailable when that wrapping key is not here, SealBroken."""
        ...

    async def fingerprint(self, message: bytes, *, purpose: str) -> bytes:
        """A keyed hash, with a key for each purpose. Raises VaultUnavailable."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ring:
    """What a key file holds."""

    current: str
    keys: Mapping[str, bytes]
    index_key: bytes


class FileKeys:
    """A JSON file that its owner alone may read: several wrapping keys, one of them current, and the index key.

    It is read again whenever it was changed. An empty path is a vault that was never set up: nothing fails until
    somebody uses it.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._changed_at: int | None = None
        self._ring: _Ring | None = None

    async def current_key_id(self) -> str:
        return self._known().current

    async def wrap(self, key: bytes, *, kek_id: str, bound_to: bytes) -> bytes:
        return encrypt(key, key=self._key(kek_id), bound_to=bound_to)

    async def unwrap(self, wrapped: bytes, *, kek_id: str, bound_to: bytes) -> bytes:
        return decrypt(wrapped, key=self._key(kek_id), bound_to=bound_to)

    async def fingerprint(self, message: bytes, *, purpose: str) -> bytes:
        key = hmac.digest(self._known().index_key, purpose.encode(), sha256)
        return hmac.digest(key, message, sha256)

    def _key(self, kek_id: str) -> bytes:
        keys = self._known().keys
        if kek_id not in keys:
            raise _unavailable(f"the key file {self._path} lacks the wrapping key {kek_id}; put it back")
        return keys[kek_id]

    def _known(self) -> _Ring:
        if not self._path:
            raise _unavailable(f"no key file is named; {HOW_TO_MAKE_ONE}")
        try:
            found = Path(self._path).stat()
            if found.st_ctime_ns != self._changed_at:
                self._ring = _opened(Path(self._path), mode=stat.S_IMODE(found.st_mode))
                self._changed_at = found.st_ctime_ns
        except OSError as error:
            raise _unavailable(f"the key file {self._path}: {error.strerror}; {HOW_TO_MAKE_ONE}") from None
        assert self._ring
        return self._ring


def make_key_file(path: Path) -> None:
    """Makes a key file with one wrapping key. Raises FileExistsError: keys that are lost open nothing any more."""
    kek_id = new_id("kek")
    content = {"current": kek_id, "keys": {kek_id: encoded(new_key())}, "index_key": encoded(new_key())}
    draft = _draft(path, content)
    try:
        path.hardlink_to(draft)
    finally:
        draft.unlink()


def add_wrapping_key(path: Path) -> str:
    """Adds a wrapping key to the file and makes it current; its id. The others stay, to unwrap what they wrapped."""
    content = json.loads(path.read_text())
    kek_id = new_id("kek")
    content |= {"current": kek_id, "keys": {**content["keys"], kek_id: encoded(new_key())}}
    _draft(path, content).replace(path)
    return kek_id


def _draft(path: Path, content: object) -> Path:
    """The content in a file beside it, for the owner's eyes only, so that a reader never sees half of it."""
    draft = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump(content, file, indent=2)
    return draft


def _opened(path: Path, mode: int) -> _Ring:
    if mode & 0o077:
        raise _unavailable(f"others may read the key file {path} (mode {mode:04o}); run `chmod 600 {path}`")
    try:
        content = json.loads(path.read_text())
        keys = {kek_id: decoded(key) for kek_id, key in content["keys"].items()}
        ring = _Ring(current=content["current"], keys=keys, index_key=decoded(content["index_key"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _unavailable(f"the key file {path} is damaged; put back the copy that is kept apart") from None
    if ring.current not in keys or any(len(key) != KEY_BYTES for key in (*keys.values(), ring.index_key)):
        raise _unavailable(f"the key file {path} is damaged; put back the copy that is kept apart")
    return ring


def _unavailable(reason: str) -> VaultUnavailable:
    log.error("vault.unavailable", reason=reason)
    return VaultUnavailable(reason)
