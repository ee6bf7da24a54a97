"""Somebody takes a work item, gives it to somebody, or lets it wait."""

from dataclasses import dataclass

from portal.app.change_item import change_item
from portal.domain.change_request import ChangeRequest, change_of
from portal.domain.holding import Worker, decide
from portal.domain.item import WorkItem
from portal.storage import people, queue
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldItem:
    """What is asked for one item."""

    work_item_id: str
    asked: ChangeRequest


async def hold_item(work: Work, command: HoldItem) -> WorkItem:
    """The item after it. A day that it waits for begins in the zone of its facility, else in that of who asks.

    Raises what `change_item`, `change_of` and `holding.decide` raise.
    """
    by, to = Worker.of(work.principal), await people.find_worker(work, command.asked.to)
    zones = await queue.zones_of(work.session, [command.work_item_id])
    zone = zones.get(command.work_item_id) or await people.zone_of(work, by.person_id)
    change = change_of(command.asked, to=to, time_zone=zone)
    return await change_item(work, command.work_item_id, decide=lambda item: decide(change, item, by=by, now=work.now))
