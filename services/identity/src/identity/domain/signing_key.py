"""The life of a signing key: published before it signs, signing for 30 days, known until its last token has ended."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

SIGNS_FOR: Final = timedelta(days=30)
KNOWN_AFTER: Final = timedelta(hours=1)
"""How long a key that signs no more is still published: many times the five minutes of a token."""


class Standing(StrEnum):
    """Where a key is in its life."""

    NEXT = "next"
    CURRENT = "current"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A pair whose private half is sealed. All instants are real time."""

    kid: str
    public_jwk: str
    sealed_private_jwk: str
    made_at: datetime
    standing: Standing = Standing.NEXT
    signs_since: datetime | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotation:
    """The keys as they are from now on, `removed` among them no more."""

    kept: tuple[SigningKey, ...]
    removed: tuple[str, ...]


def current(keys: Sequence[SigningKey]) -> SigningKey | None:
    """The key that signs; None before the first rotation."""
    return next((key for key in keys if key.standing is Standing.CURRENT), None)


def keys_wanted(keys: Sequence[SigningKey], *, now: datetime, is_forced: bool = False) -> int:
    """How many fresh keys a rotation needs now: two at the start, one when the present key signed long enough."""
    if current(keys) is None:
        return 2
    has_next = any(key.standing is Standing.NEXT for key in keys)
    return int(is_forced or _is_due(keys, now) or not has_next)


def rotated(
    keys: Sequence[SigningKey], fresh: Sequence[SigningKey], *, now: datetime, is_forced: bool = False
) -> Rotation:
    """Each key's next standing: the next one signs, the current one is only known, the old ones go.

    `fresh` are as many as `keys_wanted` says.
    """
    signing = current(keys)
    present = list(keys)
    if signing is None or is_forced or _is_due(keys, now):
        present = [_moved(key, now) for key in (*keys, *(fresh[:1] if signing is None else ()))]
        fresh = fresh[1:] if signing is None else fresh
    removed = tuple(key.kid for key in present if key.retired_at and now - key.retired_at > KNOWN_AFTER)
    kept = tuple(key for key in (*present, *fresh) if key.kid not in removed)
    return Rotation(kept=kept, removed=removed)


def _is_due(keys: Sequence[SigningKey], now: datetime) -> bool:
    signing = current(keys)
    return signing is not None and signing.signs_since is not None and now - signing.signs_since >= SIGNS_FOR


def _moved(key: SigningKey, now: datetime) -> SigningKey:
    if key.standing is Standing.NEXT:
        return replace(key, standing=Standing.CURRENT, signs_since=now)
    if key.standing is Standing.CURRENT:
        return replace(key, standing=Standing.PREVIOUS, retired_at=now)
    return key
