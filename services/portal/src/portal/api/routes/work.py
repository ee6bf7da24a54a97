"""My work: the one queue, its views and filters, and one item of it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import RedirectResponse, Response

from portal.api.pages.asked import AskedSearch, AskedText, Blank
from portal.api.pages.asked_news import News
from portal.api.pages.export import EVERY_ROW, Exported, Table, exported
from portal.api.pages.page import Pages, Values
from portal.api.views.work import list_view, tabs_view
from portal.api.views.work_filters import filters_view
from portal.api.views.work_item import Typed, item_view
from portal.api.views.work_table import queue_table
from portal.app.queries import queue
from portal.domain.queue_filter import QueueFilter, read_filter
from shared.db.work import Work
from shared.http.access import allow
from shared.http.pages import Paging

router = APIRouter(include_in_schema=False, dependencies=[allow("queue.read")])

ItemId = Annotated[str, Path(max_length=60)]
Ids = Annotated[str, Query(max_length=8000, description="Ids of items, with commas between them.")]
Panel = Annotated[Literal["assign", "hand-over", "snooze"] | None, Blank, Query(alias="do")]


async def _wanted(
    owner: AskedText = None,
    department: AskedText = None,
    kind: AskedText = None,
    facility: AskedText = None,
    client: AskedText = None,
    state: AskedText = None,
    skill: AskedText = None,
    clinician: AskedText = None,
    assignment: AskedText = None,
    due: AskedText = None,
    risk: AskedText = None,
    snoozed: AskedText = None,
    done: AskedText = None,
    q: AskedSearch = None,
    sort: AskedText = None,
) -> QueueFilter:
    asked = {"owner": owner, "department": department, "kind": kind, "facility": facility, "client": client}
    asked |= {"state": state, "skill": skill, "clinician": clinician, "assignment": assignment, "due": due}
    asked |= {"risk": risk, "snoozed": snoozed, "done": done, "q": q, "sort": sort}
    return read_filter({name: value for name, value in asked.items() if value})


Wanted = Annotated[QueueFilter, Depends(_wanted)]
"""The type of a route's parameter for what the address asks of the queue."""


@router.get("/")
async def start() -> Response:
    """The day begins with one's own work."""
    return RedirectResponse("/work", 303)


@router.get("/work")
async def show_queue(door: Pages, wanted: Wanted, paging: Paging, format: Exported = None) -> Response:
    """The queue, or all of it as a file."""

    async def look(work: Work) -> Values:
        page = await queue.queue_page(work, wanted, paging=paging)
        views = await queue.kept_views(work)
        is_first = paging.after is None or paging.is_back  # who goes back is shown a page while there is any
        return {"view": list_view(page, wanted, is_first=is_first), "tabs": tabs_view(views, wanted)}

    async def table(work: Work) -> Table:
        return queue_table(await queue.queue_page(work, wanted, paging=EVERY_ROW))

    if format:
        return await exported(door, format, look=table)
    return await door.show("work/queue.html", look, block="list")


@router.get("/work/rows")
async def show_rows(door: Pages, wanted: Wanted, ids: Ids) -> Response:
    """Those of these rows that still fit, to be put in place of what is shown."""

    async def look(work: Work) -> Values:
        page = await queue.queue_rows(work, wanted, ids=ids.split(",")[:200])
        return {"view": list_view(page, wanted, is_first=True)}

    return await door.show("work/rows.html", look, block="rows")


@router.get("/work/views")
async def show_views(door: Pages, wanted: Wanted) -> Response:
    """The tabs of all views with how much each of them shows."""

    async def look(work: Work) -> Values:
        return {"tabs": tabs_view(await queue.counted_views(work), wanted)}

    return await door.show("work/views.html", look, block="tabs")


@router.get("/work/filters")
async def show_filters(door: Pages, wanted: Wanted) -> Response:
    """Every filter, as a form that leads to the queue."""

    async def look(work: Work) -> Values:
        return {"view": filters_view(await queue.choices(work), wanted)}

    return await door.show("work/filters.html", look, block="inside")


@router.get("/work/{work_item_id}")
async def show_item(door: Pages, work_item_id: ItemId, wanted: Wanted, news: News, panel: Panel = None) -> Response:
    """One item, in the drawer of the list or as a page of its own."""
    typed = Typed(open=panel or "", fields={}, errors={})

    async def look(work: Work) -> Values:
        page = await queue.item_page(work, work_item_id, among=wanted)
        return {"view": item_view(page, wanted=wanted, typed=typed), "news": news}

    return await door.show("work/item.html", look, block="inside")
