"""The portal's cookies: secrets of 256 bits of which the database has only a hash, or a sealed note."""

from enum import StrEnum
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from shared.access.secret_texts import secret_hash

MINUTES: Final = 600
_LONGEST: Final = 4000


class Cookie(StrEnum):
    """What a browser keeps for the portal."""

    SESSION = "portal_session"
    PENDING = "portal_pending"
    LINK = "portal_link"


_LIVES: Final[dict[Cookie, int | None]] = {Cookie.SESSION: None, Cookie.PENDING: MINUTES, Cookie.LINK: None}


def value_of(request: Request, cookie: Cookie, *, is_secure: bool) -> str | None:
    """What the browser sent; None for nothing, or for what was never ours."""
    value = request.cookies.get(_name(cookie, is_secure), "")
    return value if 0 < len(value) <= _LONGEST and value.isascii() and value.isprintable() else None


def hash_of(request: Request, cookie: Cookie, *, is_secure: bool) -> str | None:
    """The hash of the secret that the browser sent."""
    value = value_of(request, cookie, is_secure=is_secure)
    return secret_hash(value) if value else None


def put(response: Response, cookie: Cookie, *, value: str, is_secure: bool) -> None:
    """Has the browser keep it; by https under the prefix that binds it to this host (RFC 6265bis, 4.1.3.2)."""
    response.set_cookie(
        _name(cookie, is_secure),
        value,
        max_age=_LIVES[cookie],
        path="/",
        secure=is_secure,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, cookie: Cookie, *, is_secure: bool) -> None:
    """Has the browser forget it."""
    response.delete_cookie(_name(cookie, is_secure), path="/", secure=is_secure, httponly=True, samesite="lax")


def _name(cookie: Cookie, is_secure: bool) -> str:
    return f"__Host-{cookie}" if is_secure else str(cookie)
