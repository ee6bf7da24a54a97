"""What people do with work items: take, give away, let wait; one or many."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from portal.api.pages.bulk_answers import AGAIN, foreseen
from portal.api.pages.doors import Forms
from portal.api.pages.item_answers import SAID, UNDO, ItemAnswers, asked_of, status_of, verb_of
from portal.api.pages.page import Pages, Values
from portal.api.routes.work import ItemId, Wanted
from portal.api.views.work_bulk import chosen, result_view, verb_in
from portal.app.hold_item import HoldItem, hold_item
from portal.app.hold_items import HoldItems, hold_items
from portal.domain.change_request import OF_THE_REQUEST
from shared.db.work import Work
from shared.errors import Refused
from shared.http.access import allow

router = APIRouter(include_in_schema=False)


@router.post("/work/bulk", dependencies=[allow("queue.read")])
async def foresee(door: Forms, pages: Pages, wanted: Wanted) -> Response:
    """What a change of the chosen items would do; nothing is done yet."""
    verb, is_first = verb_in(door.form.text("verb")), not door.form.is_ticked(AGAIN)
    return await foreseen(pages, door.form, verb=verb, wanted=wanted, is_first=is_first)


@router.post("/work/bulk/take", dependencies=[allow("items.take")])
@router.post("/work/bulk/assign", dependencies=[allow("items.assign")])
@router.post("/work/bulk/hand-over", dependencies=[allow("items.hand_over")])
@router.post("/work/bulk/snooze", dependencies=[allow("items.snooze")])
async def hold_many(request: Request, door: Forms, pages: Pages, wanted: Wanted) -> Response:
    """Does it with all chosen items, and shows what became of each."""
    asked, ids = asked_of(door.form, verb_of(request)), chosen(door.form.fields)
    try:
        outcomes = await door.act(lambda work: hold_items(work, HoldItems(work_item_ids=ids, asked=asked)))
    except OF_THE_REQUEST as refusal:
        status = status_of(refusal)
        return await foreseen(pages, door.form, verb=asked.verb, wanted=wanted, is_first=False, status=status)

    async def look(work: Work) -> Values:
        return {"view": result_view(outcomes, asked.verb, wanted=wanted)}

    return await pages.show("work/bulk_result.html", look)


@router.post("/work/{work_item_id}/take", dependencies=[allow("items.take")])
@router.post("/work/{work_item_id}/release", dependencies=[allow("items.hand_over")])
@router.post("/work/{work_item_id}/assign", dependencies=[allow("items.assign")])
@router.post("/work/{work_item_id}/hand-over", dependencies=[allow("items.hand_over")])
@router.post("/work/{work_item_id}/snooze", dependencies=[allow("items.snooze")])
@router.post("/work/{work_item_id}/wake", dependencies=[allow("items.snooze")])
async def hold(request: Request, door: Forms, pages: Pages, work_item_id: ItemId, wanted: Wanted) -> Response:
    """Does it with one item, and shows it as it is then."""
    asked = asked_of(door.form, verb_of(request))
    command = HoldItem(work_item_id=work_item_id, asked=asked)
    answers = ItemAnswers(request=request, pages=pages, work_item_id=work_item_id, form=door.form, wanted=wanted)
    try:
        changed = await door.act(lambda work: hold_item(work, command))
    except Refused as refusal:
        return await answers.refused(refusal, asked)
    return await answers.done(SAID[asked.verb], undo=UNDO.get(asked.verb), changed=changed)
