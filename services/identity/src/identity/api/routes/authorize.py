"""The authorization endpoint, where people sign in (OpenID Connect Core, 3.1.2), and the way back from outside."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from identity.api.routes.cookies import Cookie
from identity.api.routes.forms import form_of, once
from identity.api.routes.pages import page
from identity.api.routes.parts import Have, Open, OpenDoor, Parts
from identity.api.routes.steps import OUTSIDE_PLACE, RETURN_PATH, Steps, back, back_to
from identity.app import queries
from identity.clients.outside_provider import Departure, Outsider
from identity.domain.authorization import Fault, read_request
from shared.http.access import public
from shared.http.cookies import drop, hash_of, value_of
from shared.http.origins import is_own_page

router = APIRouter(include_in_schema=False, dependencies=[public("people come here to say who they are")])


Said = Annotated[str, Query()]


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What somebody brings back from the outside provider; `iss` by RFC 9207."""

    code: str
    state: str
    iss: str


async def _parameters(
    response_type: Said = "",
    client_id: Said = "",
    redirect_uri: Said = "",
    scope: Said = "",
    state: Said = "",
    nonce: Said = "",
    code_challenge: Said = "",
    code_challenge_method: Said = "",
    response_mode: Said = "",
    prompt: Said = "",
    max_age: Said = "",
    display: Said = "",
    ui_locales: Said = "",
    claims_locales: Said = "",
    id_token_hint: Said = "",
    login_hint: Said = "",
    acr_values: Said = "",
    claims: Said = "",
    resource: Said = "",
    audience: Said = "",
    request: Said = "",
    request_uri: Said = "",
    registration: Said = "",
) -> str:
    """Every parameter that a client may send; most mean nothing here, as the standard allows. Gives login_hint."""
    return login_hint[:254]


async def _returned(
    code: Said = "",
    state: Said = "",
    iss: Said = "",
    error: Said = "",
    error_description: Said = "",
    error_uri: Said = "",
    session_state: Said = "",
    scope: Said = "",
    authuser: Said = "",
    hd: Said = "",
    prompt: Said = "",
) -> Returned:
    """What outside providers send along, whether it means anything or not."""
    return Returned(code=code, state=state, iss=iss)


LoginHint = Annotated[str, Depends(_parameters)]


@router.get("/authorize")
async def ask(request: Request, door: Open, have: Have, hint: LoginHint) -> Response:
    """A code for whoever is signed in already, or the page to sign in."""
    steps = _steps(request, door, have=have)
    if not isinstance(steps, Steps):
        return steps
    answer = await steps.back_if_signed_in(hash_of(request, Cookie.SESSION, is_secure=have.is_secure))
    if answer is None and steps.asked.may_not_ask:
        return back(steps.asked, have, error="login_required", error_description="Nobody is signed in.")
    return answer or steps.sign_in_page(email=hint)


@router.post("/authorize")
async def step(request: Request, door: Open, have: Have, hint: LoginHint) -> Response:
    """One step of signing in."""
    steps = _steps(request, door, have=have)
    form = await form_of(request)
    if not isinstance(steps, Steps):
        return steps
    if form is None or not is_own_page(request, have.signer.issuer):
        return steps.sign_in_page("Please sign in on this page.", status=403)
    if form.get("step") == "outside":
        return await steps.depart()
    if form.get("step") == "code":
        return await steps.code(form.get("code", ""))
    return await steps.password(form.get("email", ""), form.get("password", "")[:1000])


@router.get(RETURN_PATH)
async def return_from_outside(
    request: Request, door: Open, have: Have, given: Annotated[Returned, Depends(_returned)]
) -> Response:
    """Somebody comes back from the outside provider."""
    departure = await _departure(request, have)
    if departure is None or have.outside is None or not given.state or given.state != departure.state:
        return _not_known("This sign-in was not begun in this browser, or took too long. Please try again.")
    issuer = have.signer.issuer
    outsider = await have.outside.outsider(given.code, departure, redirect_uri=issuer + RETURN_PATH)
    if outsider is None or given.iss not in ("", have.outside.issuer):
        return _not_known("Your organisation did not sign you in.")
    response = await _known_outsider(request, door, have, departure, outsider)
    drop(response, Cookie.OUTSIDE, is_secure=have.is_secure)
    return response


async def _known_outsider(
    request: Request, door: OpenDoor, have: Parts, departure: Departure, outsider: Outsider
) -> Response:
    find = queries.person_by_outside
    person_id = await door.act(lambda work: find(work, outsider.issuer, subject=outsider.subject))
    if person_id is None:
        return _not_known("Your organisation's account is not linked to one here; an administrator can link it.")
    steps = _steps(request, door, have=have, query=departure.query)
    if not isinstance(steps, Steps):
        return steps
    proves_both = have.outside is not None and have.outside.proves_second_factor
    return await steps.come_in(person_id, methods=("fed", "mfa") if proves_both else ("fed",))


def _steps(request: Request, door: OpenDoor, *, have: Parts, query: str | None = None) -> Steps | Response:
    """The steps for this request, or the answer to one that cannot lead to a code."""
    query = request.url.query if query is None else query
    asked = read_request(once(_pairs(query)) or {}, have.clients)
    if not isinstance(asked, Fault):
        return Steps(request=request, door=door, have=have, asked=asked, query=query)
    if asked.redirect_uri is None:
        return page("message", status=400, fault=None, title="Cannot sign in", text=asked.description, next=None)
    error, description = asked.error, asked.description
    return back_to(asked.redirect_uri, asked.state, have=have, error=error, error_description=description)


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


async def _departure(request: Request, have: Parts) -> Departure | None:
    sealed = value_of(request, Cookie.OUTSIDE, is_secure=have.is_secure)
    opened = await have.sealer.open_offered(sealed, place=OUTSIDE_PLACE) if sealed else None
    return Departure.read(opened) if opened else None


def _not_known(text: str) -> Response:
    return page("message", status=400, fault=None, title="Not signed in", text=text, next=None)
