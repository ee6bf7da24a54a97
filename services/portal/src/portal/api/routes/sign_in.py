"""Signing in at identity and out again: the portal is a client of OpenID Connect like any other (RFC 9700)."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode, urlsplit

import structlog
from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.cookies import Cookie
from portal.api.pages.page import render
from portal.api.pages.sign_in_parts import SIGNED_IN, SIGNED_OUT, Have, SignInParts, act
from portal.app.begin_session import BeginSession, begin_session
from portal.app.end_session import end_session
from portal.clients.identity import Pending, SignedIn
from portal.domain.browser_session import Kind
from portal.domain.own_path import START, own_path
from portal.domain.session_errors import ForeignPage, IdentityAway
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.http.access import public
from shared.http.context import context_of
from shared.http.cookies import drop, hash_of, put, value_of
from shared.http.origins import is_own_page

log = structlog.get_logger()
router = APIRouter(include_in_schema=False, dependencies=[public("people come here to say who they are, or to leave")])

Said = Annotated[str, Query()]
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
PENDING_PLACE = "portal/pending"
NOT_BEGUN = "This sign-in was not begun in this browser, or it took longer than ten minutes."
NOT_LET_IN = "The service that signs people in did not let you in."


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What somebody brings back from identity (RFC 6749, 4.1.2; `iss` by RFC 9207)."""

    code: str
    state: str
    iss: str


async def _returned(
    code: Said = "",
    state: Said = "",
    iss: Said = "",
    error: Said = "",
    error_description: Said = "",
    error_uri: Said = "",
    session_state: Said = "",
) -> Returned:
    """What providers send along, whether it means anything or not."""
    return Returned(code=code, state=state, iss=iss)


@router.get("/sign-in")
async def ask(
    request: Request, have: Have, wanted: Annotated[str, Query(alias="next")] = START, fresh: Said = ""
) -> Response:
    """Sends the browser to identity and remembers, in a sealed cookie, what must come back."""
    wanted = own_path(wanted)
    if _is_by_other_name(request, have.address):
        return RedirectResponse(f"{have.address}/sign-in?{urlencode({'next': wanted})}", 303)
    if context_of(request.scope).authorization and not fresh:
        return RedirectResponse(wanted, 303)
    return_to = have.address + SIGNED_IN
    pending, address = await have.identity.depart(wanted, redirect_uri=return_to, is_fresh=bool(fresh))
    response = RedirectResponse(address, 303)
    sealed = have.seal.seal_text(pending.text(), place=PENDING_PLACE)
    put(response, Cookie.PENDING, value=sealed, is_secure=have.is_secure)
    return response


@router.get(SIGNED_IN)
async def come_back(request: Request, have: Have, given: Annotated[Returned, Depends(_returned)]) -> Response:
    """Exchanges the code for a session of this browser; what was begun elsewhere is worth nothing here."""
    pending = _pending(request, have)
    if pending is None or not given.state or given.state != pending.state:
        return _not_in(request, NOT_BEGUN, have=have, wanted=START)
    signed_in = None
    if given.code and given.iss in ("", have.identity.issuer):
        signed_in = await have.identity.redeem(given.code, pending, redirect_uri=have.address + SIGNED_IN)
    if signed_in is None:
        return _not_in(request, NOT_LET_IN, have=have, wanted=pending.next)
    return await _let_in(request, have, signed_in, wanted=pending.next)


@router.post("/sign-out")
async def leave(request: Request, have: Have) -> Response:
    """Ends the session here at once, and then the one at identity, which sends the browser back."""
    if not is_own_page(request, have.address):
        raise ForeignPage
    session_hash = hash_of(request, Cookie.SESSION, is_secure=have.is_secure)
    tokens = await act(request, lambda work: end_session(work, session_hash, seal=have.seal)) if session_hash else None
    log.info("portal.signed_out")
    try:
        hint = tokens.id_token if tokens else None
        address = await have.identity.leave(hint, return_to=have.address + SIGNED_OUT)
    except IdentityAway:
        address = f"{SIGNED_OUT}?only_here=1"
    response = RedirectResponse(address, 303)
    drop(response, Cookie.SESSION, is_secure=have.is_secure)
    return response


@router.get(SIGNED_OUT)
async def say_so(request: Request, only_here: Said = "", state: Said = "") -> Response:
    """Says that nobody is signed in any more."""
    return render(request, "sign_in/signed_out.html", is_only_here=bool(only_here))


async def _let_in(request: Request, have: SignInParts, signed_in: SignedIn, *, wanted: str) -> Response:
    secret = new_secret_text()
    command = BeginSession(
        session_hash=secret_hash(secret),
        subject=signed_in.subject,
        kind=Kind.PERSON,
        tokens=signed_in.tokens,
        replaced=hash_of(request, Cookie.SESSION, is_secure=have.is_secure),
    )
    await act(request, lambda work: begin_session(work, command, seal=have.seal))
    log.info("portal.signed_in", person_id=signed_in.subject)
    response = RedirectResponse(wanted, 303)
    put(response, Cookie.SESSION, value=secret, is_secure=have.is_secure)
    drop(response, Cookie.PENDING, is_secure=have.is_secure)
    return response


def _pending(request: Request, have: SignInParts) -> Pending | None:
    sealed = value_of(request, Cookie.PENDING, is_secure=have.is_secure)
    opened = have.seal.open_text(sealed, place=PENDING_PLACE) if sealed else None
    return Pending.read(opened) if opened else None


def _is_by_other_name(request: Request, address: str) -> bool:
    """Whether this machine was called `localhost` where its address says `127.0.0.1`: cookies would not come back."""
    names = {request.url.hostname, urlsplit(address).hostname}
    return len(names) == 2 and names <= LOOPBACK_NAMES


def _not_in(request: Request, text: str, *, have: SignInParts, wanted: str) -> Response:
    again = f"/sign-in?{urlencode({'next': wanted})}"
    response = render(request, "sign_in/not_signed_in.html", status=400, text=text, again=again)
    drop(response, Cookie.PENDING, is_secure=have.is_secure)
    return response
