"""Pages without an account: whoever holds a link sees what concerns them, and nothing else.

The token stands in the address behind `#`, which browsers send to no server, so that it is in no log on the way.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Final

import structlog
from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.api.pages.calls import Calls
from portal.api.pages.cookies import Cookie
from portal.api.pages.doors import form_of
from portal.api.pages.file_forms import MOST_READ, file_form
from portal.api.pages.outside_pages import OutsidePages
from portal.api.pages.own_file import MOST_OF_FORM, OwnFile
from portal.api.pages.page import render
from portal.api.pages.sign_in_parts import LINKS, Have, SignInParts, act
from portal.api.views.links import OwnView, own_view, status_view
from portal.api.views.outside import OF_OUTSIDE
from portal.api.views.own_file import Fault
from portal.app.begin_session import BeginSession, begin_session
from portal.app.queries.links import OwnPage, own_page, own_start, status_pages
from portal.clients.services import UPLOAD_SECONDS, Services
from portal.domain.browser_session import Kind, Tokens
from portal.domain.session_errors import ForeignPage
from shared.access.secret_texts import new_secret_text, secret_hash
from shared.guard.limits import LargeBody
from shared.http.access import allow, public
from shared.http.commands import Reads
from shared.http.cookies import hash_of, put
from shared.http.origins import is_own_page

log = structlog.get_logger()
router = APIRouter(include_in_schema=False)

OWN = f"{LINKS}/own"
STATUS = f"{LINKS}/status"
LONGEST_LINK = 200
NOT_VALID = "This link lets nobody in, or not any more. Ask whoever sent it for a new one."
OVER = "Your visit is over. Open your link once more to go on."
UPLOADS: Final = LargeBody(method="POST", path=re.compile(f"{OWN}/[^/]+"), most_bytes=MOST_READ, seconds=UPLOAD_SECONDS)
"""What is too large is said above the button that sent it."""

AssignmentId = Annotated[str, Path(max_length=60)]


@router.get(LINKS, dependencies=[public("opens a link, which its holder brings")])
async def opener(request: Request, over: Annotated[str, Query()] = "") -> Response:
    """The page that sends the link's token by itself, or takes it from whoever pastes it."""
    return render(request, "links/open.html", action=LINKS, fault=OVER if over else None)


@router.post(LINKS, dependencies=[public("the link itself is the proof")])
async def come_in(request: Request, have: Have, services: Calls) -> Response:
    """Exchanges the link for a session of this browser; one of somebody outside opens what they are asked."""
    if not is_own_page(request, have.address):
        raise ForeignPage
    form = await form_of(request)
    link = form.text("token").rpartition("#")[2]  # people paste the whole address
    if link.startswith(OF_OUTSIDE):
        return await OutsidePages(request=request, services=services).open(link)
    tokens = await have.identity.by_link(link) if 0 < len(link) <= LONGEST_LINK else None
    if tokens is None:
        return render(request, "links/open.html", status=400, action=LINKS, fault=NOT_VALID)
    return await _let_in(request, have, tokens)


@router.get(OWN, dependencies=[allow("own.read")])
async def start(request: Request, door: Reads, services: Calls) -> Response:
    """Every assignment of whoever came; the file at once, where one is open."""
    found = await door.read(own_start)
    views = await _views(services, found.pages)
    return render(request, "links/own.html", whose=found.name, views=views, back=None)


@router.get(f"{OWN}/{{assignment_id}}", dependencies=[allow("own.read")])
async def one(request: Request, door: Reads, services: Calls, assignment_id: AssignmentId) -> Response:
    """One assignment of theirs. Raises NotFound, also for one of somebody else."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    return render(request, "links/own.html", whose=None, views=await _views(services, (found,)), back=OWN)


@router.post(f"{OWN}/{{assignment_id}}", dependencies=[allow("own.send")])
async def send(request: Request, door: Reads, services: Calls, assignment_id: AssignmentId) -> Response:
    """Takes a file for one item of theirs; what is wrong with it is said at that item. Raises NotFound."""
    found = await door.read(lambda work: own_page(work, assignment_id))
    async with file_form(request, most_bytes=MOST_OF_FORM) as form:
        sent = await OwnFile(services=services, found=found.assignment).send(form)
    if not isinstance(sent, Fault):
        return RedirectResponse(f"{OWN}/{assignment_id}#own-{sent}", 303)
    views = await _views(services, (found,), fault=sent)
    return render(request, "links/own.html", status=422, whose=None, views=views, back=OWN)


@router.get(STATUS, dependencies=[allow("status.read")])
async def status(request: Request, door: Reads) -> Response:
    """How far the one assignment of the link is."""
    found = await door.read(status_pages)
    return render(request, "links/status.html", views=tuple(status_view(page) for page in found))


async def _views(services: Services, pages: Sequence[OwnPage], *, fault: Fault | None = None) -> tuple[OwnView, ...]:
    """Each as text. The file is asked for where one alone is open: nobody waits for all of them at once."""
    is_open = [page for page in pages if page.assignment.is_open]
    heard = await OwnFile(services=services, found=is_open[0].assignment).heard() if len(is_open) == 1 else None
    return tuple(own_view(page, links=LINKS, heard=heard if page in is_open else None, fault=fault) for page in pages)


async def _let_in(request: Request, have: SignInParts, tokens: Tokens) -> Response:
    holder = await request.app.state.wiring.verifier.principal(f"Bearer {tokens.access}")
    secret = new_secret_text()
    command = BeginSession(
        session_hash=secret_hash(secret),
        subject=holder.subject,
        kind=Kind.LINK,
        tokens=tokens,
        replaced=hash_of(request, Cookie.LINK, is_secure=have.is_secure),
    )
    await act(request, lambda work: begin_session(work, command, seal=have.seal))
    log.info("portal.came_by_link", link_id=holder.subject)
    response = RedirectResponse(OWN if holder.clinician_id else STATUS, 303)
    put(response, Cookie.LINK, value=secret, is_secure=have.is_secure)
    return response
