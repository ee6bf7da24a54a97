"""What a change of many work items would do, before anybody does it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.app.queries.queue import Beside, asking_of, beside
from portal.domain.change_request import OF_THE_REQUEST, ChangeRequest, change_of
from portal.domain.errors import TooManyAtOnce
from portal.domain.holding import Worker, decide, does
from portal.domain.item import WorkItem
from portal.domain.queue_filter import Asking, QueueFilter
from portal.storage import names, people, queue, work_items
from shared.contracts.identity import PersonChanged
from shared.db.work import Work
from shared.errors import Refused

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What would become of one item: as it would be (equal to `before` where nothing changes), or why it is refused."""

    before: WorkItem
    after: WorkItem | None = None
    refusal: Refused | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would become of each item, by their ids. `missing` counts what is gone or out of reach.

    `fault`: what is wrong with the request whichever the item, such as a day that was not chosen yet.
    """

    foreseen: Sequence[Foreseen]
    missing: int
    fault: Refused | None
    beside: Beside
    colleagues: Sequence[PersonChanged]
    asking: Asking


async def matching(work: Work, wanted: QueueFilter) -> Sequence[str]:
    """The ids of the first 500 items that fit, in the list's order."""
    return await queue.ids_of(work.session, wanted, asking=await asking_of(work), limit=MOST)


async def preview(work: Work, work_item_ids: Sequence[str], *, asked: ChangeRequest) -> Preview:
    """What the change would do. Raises TooManyAtOnce."""
    if len(work_item_ids) > MOST:
        raise TooManyAtOnce(most=MOST, count=len(work_item_ids))
    asking = await asking_of(work)
    items = await work_items.seen(work.session, work_item_ids)
    zones = await queue.zones_of(work.session, work_item_ids)
    to = await people.find_worker(work, asked.to)

    fault = _fault_of(asked, to=to, time_zone=asking.time_zone)

    def foreseen(item: WorkItem) -> Foreseen:
        if fault:
            return Foreseen(before=item)
        change = change_of(asked, to=to, time_zone=zones.get(item.work_item_id, asking.time_zone))
        try:
            return Foreseen(before=item, after=decide(change, item, by=asking.worker, now=work.now))
        except Refused as refusal:
            return Foreseen(before=item, refusal=refusal)

    everything = [foreseen(item) for item in items]
    odd = next((one.refusal for one in everything if isinstance(one.refusal, OF_THE_REQUEST)), None)
    return Preview(
        foreseen=[Foreseen(before=item) for item in items] if odd else everything,
        missing=len(set(work_item_ids)) - len(items),
        fault=fault or odd,
        beside=await beside(work, items),
        colleagues=[one for one in await names.people(work.session) if _could_do(one, items)],
        asking=asking,
    )


def _could_do(person: PersonChanged, items: Sequence[WorkItem]) -> bool:
    """Whether any of the items is theirs to do."""
    worker = people.worker_of(person)
    return any(does(worker, item) for item in items)


def _fault_of(asked: ChangeRequest, *, to: Worker | None, time_zone: str) -> Refused | None:
    try:
        change_of(asked, to=to, time_zone=time_zone)
    except Refused as refusal:
        return refusal
    return None
