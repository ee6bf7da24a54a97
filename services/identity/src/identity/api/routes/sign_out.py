"""Signing out at a client's wish (OpenID Connect RP-Initiated Logout 1.0)."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from joserfc import jwt
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from identity.api.routes.cookies import Cookie
from identity.api.routes.pages import page
from identity.api.routes.parts import Have, Open, OpenDoor, Parts
from identity.app import queries
from identity.app.end_session import end_session
from identity.clients.signing import ALGORITHM, key_set
from shared.http.access import public
from shared.http.cookies import drop, hash_of
from shared.http.origins import is_own_page

router = APIRouter(include_in_schema=False, dependencies=[public("ends what the browser's own cookie stands for")])


Said = Annotated[str, Query()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a client asks: the ID token it has, and where to send the person afterwards."""

    id_token_hint: str
    return_to: str
    state: str


async def _wish(
    id_token_hint: Said = "",
    post_logout_redirect_uri: Said = "",
    state: Said = "",
    client_id: Said = "",
    logout_hint: Said = "",
    ui_locales: Said = "",
) -> Wish:
    """The last three are lawful and mean nothing here."""
    return Wish(id_token_hint=id_token_hint, return_to=post_logout_redirect_uri, state=state[:1024])


Wished = Annotated[Wish, Depends(_wish)]


@router.get("/logout")
async def ask_to_sign_out(request: Request, door: Open, have: Have, given: Wished) -> Response:
    """Signs out at once when the client shows the ID token of this very session; asks the person otherwise."""
    hint = await _hint(given.id_token_hint, door, have)
    cookie = hash_of(request, Cookie.SESSION, is_secure=have.is_secure)
    session_id = hint.get("sid")
    if cookie is None or (session_id and await _ended(door, cookie, only=session_id)):
        return _signed_out(given, have)
    return page("sign_out", fault=None, action=f"/logout?{request.url.query}")


@router.post("/logout")
async def sign_out(request: Request, door: Open, have: Have, given: Wished) -> Response:
    """The person says so on our page."""
    cookie = hash_of(request, Cookie.SESSION, is_secure=have.is_secure)
    if not is_own_page(request, have.signer.issuer):
        return page("sign_out", status=403, fault="Please sign out on this page.", action="/logout")
    if cookie:
        await _ended(door, cookie)
    return _signed_out(given, have)


async def _ended(door: OpenDoor, cookie: str, *, only: str | None = None) -> bool:
    return await door.act(lambda work: end_session(work, cookie, only=only))


async def _hint(token: str, door: OpenDoor, have: Parts) -> dict[str, Any]:
    """The claims of an ID token of ours; it may have ended. Nothing of one that is not."""
    if not token:
        return {}
    try:
        claims = jwt.decode(token, key_set(await door.act(queries.published_keys)), algorithms=[ALGORITHM]).claims
    except (JoseError, ValueError, TypeError, KeyError):
        return {}
    return claims if claims.get("iss") == have.signer.issuer and claims.get("aud") in have.clients else {}


def _signed_out(given: Wish, have: Parts) -> Response:
    """Back to the client where it has registered that address, else a page of ours."""
    wanted = given.return_to
    registered = {address for client in have.clients.values() for address in client.signed_out_uris}
    response: Response
    if wanted in registered:
        said = f"{'&' if '?' in wanted else '?'}{urlencode({'state': given.state})}" if given.state else ""
        response = RedirectResponse(wanted + said, 303)
    else:
        response = page("message", fault=None, title="Signed out", text="You are signed out.", next=None)
    drop(response, Cookie.SESSION, is_secure=have.is_secure)
    return response
