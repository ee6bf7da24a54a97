"""The funnel from accepted offers to right first paychecks, and the rows behind each of its figures."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BeforeValidator
from starlette.responses import Response

from portal.api.pages.asked import AskedText, Blank, ThisCentury
from portal.api.pages.export import EVERY_ROW, Exported, Table, exported
from portal.api.pages.page import Pages, Values
from portal.api.views.funnel import funnel_table, funnel_view
from portal.api.views.funnel_rows import ROW_COLUMNS, Figure, rows_table, rows_view
from portal.app.queries import funnel
from portal.app.queries.agency import agency_zone
from portal.app.queries.funnel import FunnelFilter, Grouped
from portal.domain.funnel import Result, Stage
from shared.db.work import Work
from shared.http.access import allow
from shared.http.pages import Paging
from shared.http.parameters import Day

router = APIRouter(include_in_schema=False, dependencies=[allow("funnel.read")])


def _first_day(value: object) -> object:
    """A month is written YYYY-MM; anything else is left to be refused as a day."""
    return f"{value}-01" if isinstance(value, str) and len(value) == len("2026-01") else value


AskedMonth = Annotated[Day | None, ThisCentury, Blank, BeforeValidator(_first_day), Query()]


async def _wanted(
    by: Grouped = Grouped.CLIENT,
    first: AskedMonth = None,
    last: AskedMonth = None,
    client: AskedText = None,
    state: AskedText = None,
    discipline: AskedText = None,
) -> FunnelFilter:
    return FunnelFilter(by=by, first=first, last=last, client_id=client, work_state=state, discipline=discipline)


Wanted = Annotated[FunnelFilter, Depends(_wanted)]


async def _figure(
    stage: Stage = Stage.ACCEPTED,
    result: Result = Result.PASSED,
    lost: Annotated[Literal["yes"] | None, Query()] = None,
    how: AskedText = None,
    reason: Annotated[str | None, Query(max_length=2000)] = None,
) -> Figure:
    return Figure(stage=stage, result=result, is_lost=lost is not None, how=how, reason=reason)


@router.get("/funnel")
async def show_funnel(door: Pages, wanted: Wanted, format: Exported = None) -> Response:
    """The funnel, or its table as a file."""

    async def look(work: Work) -> Values:
        return {"view": funnel_view(await funnel.funnel_page(work, wanted), wanted)}

    async def table(work: Work) -> Table:
        return funnel_table(await funnel.funnel_page(work, wanted), wanted)

    if format:
        return await exported(door, format, look=table)
    return await door.show("funnel/funnel.html", look)


@router.get("/funnel/rows")
async def show_rows(
    door: Pages,
    paging: Paging,
    wanted: Wanted,
    figure: Annotated[Figure, Depends(_figure)],
    format: Exported = None,
) -> Response:
    """The assignments behind a figure, or all of them as a file."""

    async def look(work: Work) -> Values:
        found = await funnel.funnel_rows(work, wanted, behind=figure.behind(), paging=paging)
        zone = await agency_zone(work)
        return {"view": rows_view(found, wanted, figure=figure, zone=zone), "columns": ROW_COLUMNS}

    async def table(work: Work) -> Table:
        found = await funnel.funnel_rows(work, wanted, behind=figure.behind(), paging=EVERY_ROW)
        return rows_table(found, zone=await agency_zone(work))

    if format:
        return await exported(door, format, look=table)
    return await door.show("funnel/rows.html", look)
