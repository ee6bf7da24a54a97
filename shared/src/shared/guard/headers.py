"""The headers that every answer has: no browser may guess, keep, frame, embed or pass on what an API says.

OWASP REST Security Cheat Sheet; RFC 6797 for HSTS. What an answer says itself, as pages do, is left to it.
"""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

SAFE: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


def hsts(seconds: int) -> tuple[Header, ...]:
    """Strict-Transport-Security for so long, for answers over https alone (RFC 6797, 7.2); none for 0 seconds."""
    return ((b"strict-transport-security", f"max-age={seconds}; includeSubDomains".encode()),) if seconds else ()


def with_safe_headers(given: Iterable[Header], more: Iterable[Header] = ()) -> list[Header]:
    """The headers of an answer, and the safe ones and `more` as far as the answer does not say them itself."""
    headers = list(given)
    said = {name for name, _ in headers}
    headers += [header for header in SAFE if header[0] not in said]
    headers += [header for header in more if header[0] not in said]
    return headers
