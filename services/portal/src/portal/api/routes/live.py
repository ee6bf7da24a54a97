"""What tells an open page that others work."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.live_stream import open_stream
from portal.api.pages.page import Pages, Values, render
from portal.app.queries import changes
from portal.domain.presence import place_of
from shared.db.work import Work
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("live.listen")])

Places = Annotated[list[str] | None, Query(max_length=8)]
Instant = Annotated[str, Query(max_length=14)]


@router.get("/live")
async def live(
    request: Request,
    place: Places = None,
    since: Instant = "",
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """The stream of changes, from `since` on: milliseconds of the epoch, as the ids of its events are."""
    return await open_stream(request, wanted=place or (), last_id=last_event_id or since)


@router.get("/live/presence")
async def presence(door: Pages, place: Annotated[str, Query(max_length=80)]) -> Response:
    """Who else is there."""
    named = place_of(place)

    async def look(work: Work) -> Values:
        return {"names": await changes.people_at(work, named)}

    return await door.show("live/presence.html", look, block="people")


@router.get("/live/services")
async def services(request: Request) -> Response:
    """Which services do not answer."""
    return render(request, "live/banner.html")
