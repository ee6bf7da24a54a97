"""Saved views: filters of a list under a name, in its address and in its tabs."""

from urllib.parse import parse_qsl

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from portal.api.pages.asked import AskedText, address
from portal.api.pages.doors import Form, Forms
from portal.api.pages.page import PageDoor, Pages, Values
from portal.api.routes.work import ItemId
from portal.api.views.saved_views import list_address, views_view
from portal.app.drop_view import drop_view
from portal.app.keep_view import KeepView, keep_view
from portal.app.queries.views import views_of
from portal.domain.errors import TooManyViews, ViewInvalid
from shared.db.work import Work
from shared.errors import Refused
from shared.http.access import allow
from shared.http.problems import STATUS

LONGEST_QUERY = 4000

router = APIRouter(include_in_schema=False, dependencies=[allow("views.keep")])


@router.get("/views")
async def show_views(door: Pages, page: AskedText = None, query: AskedText = None) -> Response:
    """The views of one list: to open, to drop, and the form that keeps what is shown now."""
    return await _shown(door, page or "work", query=query or "")


@router.post("/views")
async def keep(door: Forms, pages: Pages) -> Response:
    """Keeps filters under a name, and shows the list by them."""
    form = door.form
    command = _command(form)
    try:
        view = await door.act(lambda work: keep_view(work, command))
    except (ViewInvalid, TooManyViews) as refusal:
        return await _shown(pages, command.page, query=form.text("query"), form=form, refusal=refusal)
    filters = view.filters if view else command.filters
    return RedirectResponse(list_address(command.page, filters), 303)


@router.post("/views/{view_id}/drop")
async def drop(door: Forms, view_id: ItemId) -> Response:
    """Forgets a view."""
    await door.act(lambda work: drop_view(work, view_id))
    return RedirectResponse(address("/views", page=door.form.text("page")), 303)


def _command(form: Form) -> KeepView:
    filters = parse_qsl(form.text("query")[:LONGEST_QUERY])
    return KeepView(
        page=form.text("page"),
        name=form.text("name"),
        filters=tuple(filters),
        is_for_team=form.is_ticked("is_for_team"),
    )


async def _shown(
    pages: PageDoor, page: str, *, query: str, form: Form | None = None, refusal: Refused | None = None
) -> Response:
    async def look(work: Work) -> Values:
        views = await views_of(work, page)
        typed = form.typed() if form else {}
        return {"view": views_view(views, page, query=query, typed=typed, refusal=refusal, me=work.principal.subject)}

    status = STATUS[refusal.kind] if refusal else 200
    return await pages.show("work/saved_views.html", look, status=status)
