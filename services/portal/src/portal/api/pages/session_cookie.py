"""From the cookie of a browser to the access token of its person: what comes after sees a token, like everywhere."""

import asyncio
from typing import Final
from weakref import WeakValueDictionary

import structlog
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from portal.api.pages.cookies import Cookie
from portal.api.pages.sign_in_parts import LINKS, SignInParts, act, parts_of
from portal.app.renew_session import renew_session
from portal.app.use_session import use_session
from portal.domain.browser_session import BrowserSession
from portal.domain.session_errors import ForeignPage
from shared.errors import Refused, Unavailable
from shared.http.context import context_of
from shared.http.cookies import hash_of
from shared.http.origins import SAFE, is_own_page
from shared.http.problems import OnError

log = structlog.get_logger()

FAULT = "portal_session_fault"
"""Where in the scope stands why a session that is there could not be used."""

LIVE: Final = "/live"
BY_ITSELF: Final = "X-Portal-Live"
"""The header of what an open page asks for by itself; scripts of other sites cannot send it (no CORS here)."""

WITHOUT = ("/assets/", "/livez", "/readyz", "/metrics", "/version", "/problems", "/signed-in", "/signed-out")
"""Addresses that show the same to everybody: nobody is looked up for them."""


class SessionCookie:
    """Puts the person's access token into the request's context, where no Authorization header came.

    What may change something is taken with a cookie from a page of ours alone. Somebody whose session is over is
    nobody; while identity is away, sessions whose tokens ended stay, and the scope says why they cannot be used.
    """

    def __init__(self, app: ASGIApp, *, on_error: OnError) -> None:
        self._app = app
        self._on_error = on_error
        self._renewing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(WITHOUT) or context_of(scope).authorization:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            await self._let_in(request)
        except Refused as refused:
            await (await self._on_error(request, refused))(scope, receive, send)
            return
        except Unavailable as fault:
            scope[FAULT] = fault
        await self._app(scope, receive, send)

    async def _let_in(self, request: Request) -> None:
        """Raises ForeignPage, and Unavailable when nobody can say whether the session holds."""
        have = parts_of(request)
        cookie = Cookie.LINK if is_of_link(request.url.path) else Cookie.SESSION
        session_hash = hash_of(request, cookie, is_secure=have.is_secure)
        if session_hash is None:
            return
        if request.method not in SAFE and not is_own_page(request, have.address):
            log.warning("portal.foreign_page")
            raise ForeignPage
        token = await self._token(request, have, session_hash)
        if token:
            context_of(request.scope).authorization = f"Bearer {token}"

    async def _token(self, request: Request, have: SignInParts, session_hash: str) -> str | None:
        found = await act(request, lambda work: use_session(work, session_hash, is_use=is_use(request)))
        if found is None:
            return None
        session: BrowserSession | None
        session, is_to_renew = found
        if is_to_renew:
            session = await self._renewed(request, have, session)
        tokens = have.seal.open_tokens(session.tokens, place=session_hash) if session else None
        return tokens.access if tokens else None

    async def _renewed(self, request: Request, have: SignInParts, found: BrowserSession) -> BrowserSession | None:
        """One of this process asks, and the database lets one of all processes: so no pool is emptied by waiting."""
        name, seen_end = found.session_hash, found.access_ends_at
        lock = self._renewing.setdefault(name, asyncio.Lock())
        async with lock:
            return await act(
                request,
                lambda work: renew_session(work, name, seen_end=seen_end, identity=have.identity, seal=have.seal),
            )


def is_use(request: Request) -> bool:
    """Whether a person asks, and not a page that is open and keeps itself up to date."""
    path = request.url.path
    return not (path == LIVE or path.startswith(f"{LIVE}/") or BY_ITSELF in request.headers)


def is_of_link(path: str) -> bool:
    """Whether the page is one of those that a link opens; no person's session opens them, and no link any other."""
    return path == LINKS or path.startswith(f"{LINKS}/")
