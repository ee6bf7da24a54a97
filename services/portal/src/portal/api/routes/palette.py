"""The palette, and the same search as a page of its own."""

import re
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from portal.api.page import Pages, Values
from portal.api.views.palette import groups_of
from portal.app.queries.palette import LONGEST, search
from shared.db.work import Work
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("search.read")])

_ASSIGNMENT = re.compile(r"/assignments/(asg_[0-9A-Za-z]+)(/.*)?")
Typed = Annotated[str, Query(max_length=LONGEST)]


@router.get("/palette")
async def palette(door: Pages, q: Typed = "", here: Annotated[str, Query(max_length=500)] = "") -> Response:
    """Options for the listbox; `here` is the path of the page that it was opened on."""
    return await door.show("palette/options.html", lambda work: _found(work, q, here), block="options")


@router.get("/search")
async def page(door: Pages, q: Typed = "") -> Response:
    """The same without scripts."""
    return await door.show("palette/search.html", lambda work: _found(work, q))


async def _found(work: Work, typed: str, path: str = "") -> Values:
    about = _ASSIGNMENT.fullmatch(path)
    found = await search(work, typed, here=about[1] if about else None)
    return {"groups": groups_of(found, typed=typed, roles=work.principal.roles), "typed": typed}
