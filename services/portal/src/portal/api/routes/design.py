"""The design language on one page: every component in every state, light beside dark."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from portal.api.pages.page import render
from portal.api.views.design import specimens
from shared.http.access import public

router = APIRouter(include_in_schema=False, dependencies=[public("shows components only, no data")])


@router.get("/design")
async def design(request: Request) -> HTMLResponse:
    """Every component in every state."""
    return render(request, "design/page.html", **specimens())
