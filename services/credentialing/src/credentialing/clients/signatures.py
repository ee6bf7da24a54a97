"""Whether a message is the source's: an HMAC-SHA256 over its raw body and its time, with a secret we both know.

Two ways to write it: one header `t=<seconds>,v1=<hexadecimal>` over `<t>.<body>`; and the three headers of Standard
Webhooks, `webhook-id`, `webhook-timestamp` and `webhook-signature` (`v1,<base64>` …) over `<id>.<timestamp>.<body>`.
Several secrets hold at once while one is changed. Nothing a caller may write makes this raise.
Source: the Standard Webhooks specification 1.0.0; field facts, 4.8.
"""

import hmac
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

WINDOW_SECONDS = 300
"""How far the sender's clock may be from ours; what is older may be a recording."""
LONGEST_HEADER = 2000
HEADER = "x-vendor-signature"
_PREFIX = "whsec_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A message whose signature holds; `event_id` is the name that its headers give it, if they do."""

    event_id: str | None = None


def verified(headers: Mapping[str, str], body: bytes, *, secrets: Sequence[str], now_seconds: int) -> Signed | None:
    """The message's proof, or None. `headers` by small-letter names; `now_seconds` since 1970, in real time."""
    if not secrets or any(len(value) > LONGEST_HEADER for value in headers.values()):
        return None
    if "webhook-signature" in headers:
        return _standard(headers, body, secrets, now_seconds)
    return _plain(headers.get(HEADER, ""), body, secrets, now_seconds)


def plain_header(body: bytes, *, secret: str, at_seconds: int) -> str:
    """The value of the one header, as a sender writes it."""
    return f"t={at_seconds},v1={_mac(secret.encode(), str(at_seconds).encode(), body).hex()}"


def standard_headers(body: bytes, *, secret: str, event_id: str, at_seconds: int) -> dict[str, str]:
    """The three headers, as a sender writes them."""
    mac = _mac(_key_of(secret) or b"", event_id.encode(), str(at_seconds).encode(), body)
    signature = f"v1,{b64encode(mac).decode()}"
    return {"webhook-id": event_id, "webhook-timestamp": str(at_seconds), "webhook-signature": signature}


def _plain(header: str, body: bytes, secrets: Sequence[str], now_seconds: int) -> Signed | None:
    parts = [part.strip().partition("=") for part in header.split(",")]
    at = next((value for name, _, value in parts if name == "t"), "")
    if not _is_fresh(at, now_seconds):
        return None
    given = [value.lower().encode() for name, _, value in parts if name == "v1" and value.isascii()]
    wanted = [_mac(secret.encode(), at.encode(), body).hex().encode() for secret in secrets]
    return Signed() if _any_equal(given, wanted) else None


def _standard(headers: Mapping[str, str], body: bytes, secrets: Sequence[str], now_seconds: int) -> Signed | None:
    event_id, at = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not event_id or not event_id.isascii() or not _is_fresh(at, now_seconds):
        return None
    entries = (entry.partition(",") for entry in headers["webhook-signature"].split())
    given = [value.encode() for version, _, value in entries if version == "v1" and value.isascii()]
    keys = [key for secret in secrets if (key := _key_of(secret))]
    wanted = [b64encode(_mac(key, event_id.encode(), at.encode(), body)) for key in keys]
    return Signed(event_id=event_id) if _any_equal(given, wanted) else None


def _is_fresh(at: str, now_seconds: int) -> bool:
    is_number = at.isascii() and at.isdigit() and len(at) <= 12
    return is_number and abs(now_seconds - int(at)) <= WINDOW_SECONDS


def _mac(key: bytes, *parts: bytes) -> bytes:
    return hmac.digest(key, b".".join(parts), sha256)


def _key_of(secret: str) -> bytes | None:
    """The key inside a secret of Standard Webhooks; any other secret is its own key."""
    if not secret.startswith(_PREFIX):
        return secret.encode()
    try:
        return b64decode(secret.removeprefix(_PREFIX), validate=True) or None
    except (NotBase64, ValueError):
        return None


def _any_equal(given: Sequence[bytes], wanted: Sequence[bytes]) -> bool:
    """Compares each with each, in a time that tells nothing of where two differ."""
    return any(hmac.compare_digest(one, other) for one in given for other in wanted)
