"""Pages for people outside, who hold the link of one request: a referee, a past employer, a school."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.doors import form_of
from portal.api.pages.outside_pages import ANSWER, HELD, OUTSIDE, THANKS, OutsidePages
from portal.api.pages.page import render
from portal.api.pages.sign_in_parts import Have
from portal.api.views.outside import DECLINED
from portal.api.views.outside import THANKS as THANKED
from portal.domain.session_errors import ForeignPage
from shared.http.access import public
from shared.http.origins import is_own_page

router = APIRouter(include_in_schema=False, dependencies=[public("the link's secret is the proof")])


async def _pages(request: Request, services: Calls) -> OutsidePages:
    return OutsidePages(request=request, services=services)


Outside = Annotated[OutsidePages, Depends(_pages)]


@router.get(OUTSIDE)
async def opener(request: Request) -> Response:
    """The page that sends the link's secret by itself, or takes it from whoever pastes it."""
    return render(request, "links/open.html", action=OUTSIDE, fault=None)


@router.post(OUTSIDE)
async def open_link(request: Request, outside: Outside, have: Have) -> Response:
    """What the holder of the link is asked."""
    if not is_own_page(request, have.address):
        raise ForeignPage
    form = await form_of(request)
    return await outside.open(form.text(HELD).rpartition("#")[2])  # people paste the whole address


@router.post(ANSWER)
async def answer(request: Request, outside: Outside, have: Have) -> Response:
    """Takes the answers, or that there will be none."""
    if not is_own_page(request, have.address):
        raise ForeignPage
    return await outside.answer(await form_of(request))


@router.get(THANKS)
async def thanks(outside: Outside, declined: Annotated[str, Query(max_length=1)] = "") -> Response:
    """That it arrived."""
    return outside.say(DECLINED if declined else THANKED)
