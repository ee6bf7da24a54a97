"""The start board: who starts when and where, and what is not safe about it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from portal.api.pages.asked import AskedDay, AskedText, Blank
from portal.api.pages.export import EVERY_ROW, Exported, Table, exported
from portal.api.pages.page import Pages, Values
from portal.api.views.board import board_table, board_view
from portal.app.queries import board
from portal.app.queries.board import BoardFilter
from portal.domain.board import MOST_DAYS, By
from shared.db.work import Work
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("boards.read")])

OnBoard = Literal["offered", "accepted", "confirmed", "onboarding", "cleared", "active"]
Risk = Literal["on_track", "at_risk", "late", "blocked"]


async def _wanted(
    by: By = By.WEEK,
    first: Annotated[AskedDay, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=1, le=MOST_DAYS)] = 30,
    state: Annotated[OnBoard | None, Blank, Query()] = None,
    client: AskedText = None,
    facility: AskedText = None,
    discipline: AskedText = None,
    risk: Annotated[Risk | None, Blank, Query()] = None,
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> BoardFilter:
    return BoardFilter(
        by=by,
        first=first,
        days=days,
        state=state,
        client_id=client,
        facility_id=facility,
        discipline=discipline,
        risk=risk,
        page=page,
    )


Wanted = Annotated[BoardFilter, Depends(_wanted)]


@router.get("/board")
async def show_board(door: Pages, wanted: Wanted, format: Exported = None) -> Response:
    """The board, or its starts as a file."""

    async def look(work: Work) -> Values:
        return {"view": board_view(await board.board_page(work, wanted), wanted)}

    async def table(work: Work) -> Table:
        return board_table(await board.starts_listed(work, wanted, limit=EVERY_ROW.limit))

    if format:
        return await exported(door, format, look=table)
    return await door.show("board/board.html", look, block="board")
