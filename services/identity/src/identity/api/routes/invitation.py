"""The page on which an invited person sets a password."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from identity.api.routes.forms import form_of
from identity.api.routes.me import accepted
from identity.api.routes.pages import page
from identity.api.routes.parts import Have, Open, OpenDoor, Parts
from identity.app import queries
from identity.domain.errors import InvitationNotValid, PasswordUnfit
from shared.http.access import public
from shared.http.origins import is_own_page

router = APIRouter(include_in_schema=False, dependencies=[public("the code of the invitation is the proof")])


@router.get("/invitation")
async def show(door: Open, code: Annotated[str, Query(max_length=100)] = "") -> Response:
    """Asks for a password. Looking changes nothing: programs that look into mails use no invitation up."""
    return await _form(door, code)


@router.post("/invitation")
async def set_password(request: Request, door: Open, have: Have) -> Response:
    """Sets the password, and leads to the portal, where the first sign-in sets up what is still missing."""
    form = await form_of(request) or {}
    if not is_own_page(request, have.signer.issuer):
        return await _form(door, form.get("code", "")[:100], fault="Please set the password on this page.")
    return await _set(form.get("code", "")[:100], form.get("password", "")[:1000], door, have)


async def _set(code: str, password: str, door: OpenDoor, have: Parts) -> Response:
    try:
        await accepted(code, password, door=door, have=have)
    except PasswordUnfit as unfit:
        return await _form(door, code, fault=" ".join(finding.message for finding in unfit.findings))
    except InvitationNotValid as refused:
        return _message("Not valid", str(refused), status=400)
    portal = next((address for client in have.clients.values() for address in client.signed_out_uris), None)
    return _message("Your password is set", "You can sign in now.", next_address=portal)


async def _form(door: OpenDoor, code: str, *, fault: str | None = None) -> Response:
    try:
        person = await door.act(lambda work: queries.invited_person(work, code))
    except InvitationNotValid as refused:
        return _message("Not valid", str(refused), status=400)
    return page("invitation", status=400 if fault else 200, fault=fault, code=code, email=person.email)


def _message(title: str, text: str, *, status: int = 200, next_address: str | None = None) -> Response:
    return page("message", status=status, fault=None, title=title, text=text, next=next_address)
