"""The page before a change of many work items: what it would do."""

from starlette.responses import Response

from portal.api.pages.doors import Form
from portal.api.pages.item_answers import asked_of
from portal.api.pages.page import PageDoor, Values
from portal.api.views.work_bulk import bulk_view, chosen
from portal.app.queries import bulk
from portal.domain.change_request import Verb
from portal.domain.queue_filter import QueueFilter
from shared.db.work import Work

EVERYTHING = "everything"
"""The box that stands for all items that match the list, shown or not."""

AGAIN = "again"
"""The field of a form that was looked at before: what is empty in it is missing."""


async def foreseen(
    pages: PageDoor, form: Form, *, verb: Verb, wanted: QueueFilter, is_first: bool, status: int = 200
) -> Response:
    """What the change would do to the chosen items. Raises TooManyAtOnce."""
    asked = asked_of(form, verb)

    async def look(work: Work) -> Values:
        ids = await bulk.matching(work, wanted) if form.is_ticked(EVERYTHING) else chosen(form.fields)
        seen = await bulk.preview(work, ids, asked=asked)
        return {"view": bulk_view(seen, asked, ids=ids, wanted=wanted, is_first=is_first)}

    return await pages.show("work/bulk.html", look, status=status)
