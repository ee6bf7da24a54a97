"""Assignments: the list, and the page of each with its timeline and its terms."""

from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from portal.api.pages.asked import AskedDay, AskedSearch, AskedText, Blank
from portal.api.pages.asked_news import News
from portal.api.pages.calls import Calls
from portal.api.pages.export import EVERY_ROW, Exported, Table, exported
from portal.api.pages.page import PageDoor, Pages, Values
from portal.api.views import assignment as views
from portal.api.views import timeline
from portal.api.views.assignment_list import list_table, list_view
from portal.api.views.command_said import CommandSaid
from portal.api.views.refusals import said
from portal.api.views.terms import terms_view
from portal.app.queries import assignment_page as queries
from portal.clients.services import Answer
from portal.storage.assignment_page import Wanted
from shared.contracts.assignments import State
from shared.db.work import Work
from shared.http.access import allow
from shared.http.pages import Paging

router = APIRouter(include_in_schema=False, dependencies=[allow("assignments.read")])

AssignmentId = Annotated[str, Path(max_length=60)]
Risk = Literal["on_track", "at_risk", "late", "blocked", "over"]
Service = Literal["assignments", "credentialing", "payroll", "housing", "timekeeping", "portal"]
PANEL = "panel"
MOST_ROWS = 200


async def _wanted(
    q: AskedSearch = None,
    state: Annotated[State | None, Blank, Query()] = None,
    risk: Annotated[Risk | None, Blank, Query()] = None,
    facility: AskedText = None,
    client: AskedText = None,
    week: AskedDay = None,
    over: Annotated[Literal["yes"] | None, Blank, Query()] = None,
) -> Wanted:
    return Wanted(
        search=q,
        state=state,
        risk=risk,
        facility_id=facility,
        client_id=client,
        week=week,
        also_over=over is not None,
    )


@router.get("/assignments")
async def list_assignments(
    door: Pages, wanted: Annotated[Wanted, Depends(_wanted)], paging: Paging, format: Exported = None
) -> Response:
    """The list by start, or all of it as a file."""

    async def look(work: Work) -> Values:
        return {"view": list_view(await queries.listed(work, wanted, paging=paging), wanted)}

    async def table(work: Work) -> Table:
        return list_table(await queries.listed(work, wanted, paging=EVERY_ROW))

    if format:
        return await exported(door, format, look=table)
    return await door.show("assignments/list.html", look, block=PANEL)


@router.get("/assignments/rows")
async def show_rows(
    door: Pages, wanted: Annotated[Wanted, Depends(_wanted)], ids: Annotated[str, Query(max_length=8000)]
) -> Response:
    """Those of these rows that still fit, to be put in place of what is shown."""
    among = replace(wanted, among=tuple(ids.split(",")[:MOST_ROWS]))

    async def look(work: Work) -> Values:
        return {"view": list_view(await queries.listed(work, among, paging=EVERY_ROW), wanted)}

    return await door.show("assignments/rows.html", look, block="rows")


async def _overview(door: PageDoor, assignment_id: str, news: CommandSaid | None = None) -> Response:
    async def look(work: Work) -> Values:
        found = await queries.overview(work, assignment_id)
        roles, me = door.principal.roles, door.principal.subject
        bar = views.head_view(found.head, roles, tab=views.OVERVIEW)
        return {"bar": bar, "view": views.overview_view(found, roles, me=me), "news": news}

    return await door.show("assignments/overview.html", look, block=PANEL)


@router.get("/assignments/{assignment_id}")
async def show_assignment(door: Pages, assignment_id: AssignmentId, news: News) -> Response:
    """Why it cannot start, and its work."""
    return await _overview(door, assignment_id, news)


@router.get("/assignments/{assignment_id}/panel")
async def show_panel(door: Pages, assignment_id: AssignmentId) -> Response:
    """The same for a page that shows it already and heard of a change."""
    return await _overview(door, assignment_id)


@router.get("/assignments/{assignment_id}/timeline")
async def show_timeline(
    door: Pages, assignment_id: AssignmentId, paging: Paging, service: Annotated[Service | None, Blank, Query()] = None
) -> Response:
    """What happened, newest first."""

    async def look(work: Work) -> Values:
        found = await queries.timeline_page(work, assignment_id, service=service, paging=paging)
        bar = views.head_view(found.head, door.principal.roles, tab=views.TIMELINE)
        return {"bar": bar, "view": timeline.timeline_view(found, service=service)}

    return await door.show("assignments/timeline.html", look, block=PANEL)


@router.get("/assignments/{assignment_id}/timeline/{entry_id}")
async def show_event(door: Pages, assignment_id: AssignmentId, entry_id: UUID) -> Response:
    """One event with its value, its causes and what followed."""

    async def look(work: Work) -> Values:
        found = await queries.trace(work, assignment_id, entry_id=entry_id)
        bar = views.head_view(found.head, door.principal.roles, tab=views.TIMELINE)
        return {"bar": bar, "view": timeline.traced(found)}

    return await door.show("assignments/event.html", look, block=PANEL)


@router.get("/assignments/{assignment_id}/terms")
async def show_terms(door: Pages, services: Calls, assignment_id: AssignmentId) -> Response:
    """Every version of the terms; what is signed is asked of assignments."""
    found = await door.read(lambda work: queries.history(work, assignment_id))
    answer = await services.get("assignments", f"/v1/assignments/{assignment_id}")
    trouble = None if isinstance(answer, Answer) else said(answer)

    async def look(_: Work) -> Values:
        bar = views.head_view(found.head, door.principal.roles, tab=views.TERMS)
        return {"bar": bar, "view": terms_view(found, answer, trouble=trouble)}

    return await door.show("assignments/terms.html", look, block=PANEL)
