"""What a browser keeps for a service: secrets of 256 bits of which the database has only a hash, or sealed notes."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from shared.access.secret_texts import secret_hash

_LONGEST: Final = 4000


@dataclass(frozen=True, slots=True)
class Kept:
    """One cookie: its name, and for how many seconds it is kept; None: until the browser is closed."""

    name: str
    lives_seconds: int | None = None


def value_of(request: Request, cookie: Kept, *, is_secure: bool) -> str | None:
    """What the browser sent; None for nothing, or for what was never ours."""
    value = request.cookies.get(_name(cookie, is_secure), "")
    return value if 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable() else None


def hash_of(request: Request, cookie: Kept, *, is_secure: bool) -> str | None:
    """The hash of the secret that the browser sent."""
    value = value_of(request, cookie, is_secure=is_secure)
    return secret_hash(value) if value else None


def put(response: Response, cookie: Kept, *, value: str, is_secure: bool) -> None:
    """Has the browser keep it; by https under the prefix that binds it to this host (RFC 6265bis, 4.1.3.2)."""
    response.set_cookie(
        _name(cookie, is_secure),
        value,
        max_age=cookie.lives_seconds,
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, cookie: Kept, *, is_secure: bool) -> None:
    """Has the browser forget it."""
    response.delete_cookie(_name(cookie, is_secure), path="/", secure=is_secure, httponly=True, samesite="lax")


def _name(cookie: Kept, is_secure: bool) -> str:
    return f"__Host-{cookie.name}" if is_secure else cookie.name
