"""The sources that credentialing asks: what waits there, and how old their lists are."""

from fastapi import APIRouter
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.page import Pages
from portal.api.pages.source_pages import SourcePages
from shared.http.access import allow

router = APIRouter(include_in_schema=False)


@router.get("/credentialing/sources", dependencies=[allow("sources.read")])
async def show_sources(door: Pages, services: Calls) -> Response:
    """How each source stands, what waits there and since when, and what went wrong last."""
    return await SourcePages(door=door, services=services).show()
