"""Somebody takes, gives away or postpones work items: one, or many at once with an outcome for each."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.app.change_item import change_item
from portal.domain.change_request import OF_THE_REQUEST, ChangeRequest, change_of
from portal.domain.errors import TooManyAtOnce
from portal.domain.holding import Worker, decide
from portal.domain.item import WorkItem
from portal.storage import assignments, people, queue, work_items
from shared.db.work import Work
from shared.errors import Refused

MOST = 500
"""Items of one command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldItems:
    """What is asked for these items."""

    work_item_ids: tuple[str, ...]
    asked: ChangeRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item: as it is afterwards, and whether that is new; or why it was refused."""

    work_item_id: str
    item: WorkItem | None = None
    is_changed: bool = False
    refusal: Refused | None = None


async def hold_items(work: Work, command: HoldItems) -> Sequence[Outcome]:
    """The outcome for each item, in the order of their ids.

    All are changed in one transaction, and what is refused for one item leaves the others as they are: so the key of
    the form stands for the whole, no item is changed twice, and 500 items cost a handful of statements. Raises
    TooManyAtOnce, and what is wrong with the request whichever the item (`OF_THE_REQUEST`).
    """
    ids = sorted(set(command.work_item_ids))
    if len(ids) > MOST:
        raise TooManyAtOnce(most=MOST, count=len(ids))
    await work_items.load_to_change(work.session, ids)
    known = await work_items.seen(work.session, ids)
    await assignments.load(work.session, {item.assignment_id for item in known if item.assignment_id})
    zones = await queue.zones_of(work.session, ids)
    by, to = Worker.of(work.principal), await people.find_worker(work, command.asked.to)
    own_zone = await people.zone_of(work, by.person_id)
    change_of(command.asked, to=to, time_zone=own_zone)  # a fault of the request refuses it even for no item

    async def outcome(work_item_id: str) -> Outcome:
        change = change_of(command.asked, to=to, time_zone=zones.get(work_item_id, own_zone))
        try:
            before = await work_items.to_change(work.session, work_item_id)
            after = await change_item(work, work_item_id, decide=lambda item: decide(change, item, by=by, now=work.now))
        except OF_THE_REQUEST:
            raise
        except Refused as refusal:
            return Outcome(work_item_id=work_item_id, refusal=refusal)
        return Outcome(work_item_id=work_item_id, item=after, is_changed=after != before)

    return [await outcome(work_item_id) for work_item_id in ids]
