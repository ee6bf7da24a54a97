"""The palette, and the same search as a page of its own."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.page import Pages, Values, is_htmx
from portal.api.views.credential_tabs import section_pages
from portal.api.views.palette import groups_of, pages_of
from portal.app.queries.palette import LONGEST, search
from shared.db.work import Work
from shared.http.access import allow

router = APIRouter(include_in_schema=False)
SEARCH = allow("search.read")

_ASSIGNMENT = re.compile(r"/assignments/(asg_[0-9A-Za-z]+)(/.*)?")
Typed = Annotated[str, Query(max_length=LONGEST)]
Here = Annotated[str, Query(max_length=500)]


@router.get("/palette", dependencies=[SEARCH])
async def palette(door: Pages, q: Typed = "", here: Here = "") -> Response:
    """Options for the listbox; `here` is the path of the page that it was opened on."""
    return await door.show("palette/options.html", lambda work: _found(work, q, here), block="options")


@router.get("/search", dependencies=[SEARCH])
async def page(door: Pages, q: Typed = "") -> Response:
    """The same without scripts."""
    return await door.show("palette/search.html", lambda work: _found(work, q))


@router.get("/pages", dependencies=[allow("pages.find")])
async def pages(request: Request, door: Pages, q: Typed = "", here: Here = "") -> Response:
    """Both for those who see no assignment and nobody's name: pages alone, whatever the present one is."""

    async def look(work: Work) -> Values:
        return {"groups": pages_of(q, roles=work.principal.roles), "typed": q}

    return await door.show(f"palette/{'options' if is_htmx(request) else 'search'}.html", look, block="options")


async def _found(work: Work, typed: str, path: str = "") -> Values:
    about = _ASSIGNMENT.fullmatch(path)
    found = await search(work, typed, here=about[1] if about else None)
    parts = section_pages(work.principal)
    return {"groups": groups_of(found, typed=typed, roles=work.principal.roles, parts=parts), "typed": typed}
