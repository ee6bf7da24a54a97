"""Work items: what the services opened, and who does it.

A service's events and a person's command may meet on one item: whoever changes one that belongs to an assignment holds
the assignment's name first.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.item import WorkItem
from portal.domain.rank import Reason
from portal.storage import assignments
from portal.storage.projected import Projected
from portal.storage.reached import run_within
from portal.storage.tables import work_item
from shared.contracts.workstreams import Action
from shared.db.versions import require_version
from shared.db.within import covers
from shared.errors import NotFound

COUNTED = 1000
"""A count that nobody needs exactly stops here."""
COLUMNS = ("assignment_id", "facility_id", "clinician_id", "source", "is_open")

_COUNTED = """
    SELECT count(*) AS items FROM (
        SELECT FROM queue_item
        WHERE owner_id {whose} AND is_open AND (snoozed_until IS NULL OR snoozed_until <= :now) AND {reached}
        LIMIT {most}
    ) AS found
"""
_THEIRS = _COUNTED.replace("{whose}", "= CAST(:owner_id AS text)").replace("{most}", str(COUNTED))
_NOBODYS = _COUNTED.replace("{whose}", "IS NULL").replace("{most}", str(COUNTED))

_items = Projected(work_item, WorkItem, as_json={"rank_reasons": tuple[Reason, ...], "actions": tuple[Action, ...]})
save = _items.save


async def load(session: AsyncSession, work_item_ids: Collection[str]) -> None:
    """Reads and locks at once what `find` and `to_change` will be asked for; hold their assignments first."""
    await _items.load(session, work_item.c.work_item_id, values=work_item_ids)


async def load_to_change(session: AsyncSession, work_item_ids: Collection[str]) -> None:
    """The same for commands, which know the items alone: their assignments are held first."""
    statement = select(work_item.c.assignment_id).where(work_item.c.work_item_id.in_(work_item_ids)).distinct()
    found = await session.scalars(statement)
    await assignments.hold(session, [assignment_id for assignment_id in found if assignment_id])
    await load(session, work_item_ids)


async def load_open_of(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads and locks at once what `open_of` will be asked for."""
    await _items.load(session, work_item.c.open_of, values=assignment_ids)


async def load_of_assignments(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads and locks at once what `of_assignment` will be asked for."""
    await _items.load(session, work_item.c.assignment_id, values=assignment_ids)


async def find(session: AsyncSession, work_item_id: str) -> WorkItem | None:
    """The item, locked, whoever asks; hold its assignment first."""
    return await _items.one(session, work_item.c.work_item_id, value=work_item_id, lock=True)


async def to_read(session: AsyncSession, work_item_id: str) -> WorkItem:
    """The item as it is. Raises NotFound, also for one out of the principal's reach."""
    found = await _items.one(session, work_item.c.work_item_id, value=work_item_id, lock=False)
    if found is None or not covers(session, {name: getattr(found, name) for name in COLUMNS}):
        raise NotFound(what="work item", id=work_item_id)
    return found


async def to_change(session: AsyncSession, work_item_id: str, *, expected_version: int | None = None) -> WorkItem:
    """The item, locked. Raises NotFound, also for one out of reach, and VersionMismatch."""
    seen = await to_read(session, work_item_id)
    if seen.assignment_id:
        await assignments.hold(session, [seen.assignment_id])
    found = await find(session, work_item_id)
    if found is None or not covers(session, {name: getattr(found, name) for name in COLUMNS}):
        raise NotFound(what="work item", id=work_item_id)
    require_version(found.version, expected_version)
    return found


async def open_of(session: AsyncSession, assignment_id: str) -> tuple[WorkItem, ...]:
    """The open items of an assignment, locked, in id order; hold the assignment first."""
    return await _items.where(session, work_item.c.open_of, value=assignment_id, lock=True)


async def of_assignment(session: AsyncSession, assignment_id: str) -> tuple[WorkItem, ...]:
    """All items of an assignment, locked, in id order; hold the assignment first."""
    return await _items.where(session, work_item.c.assignment_id, value=assignment_id, lock=True)


async def to_wake(session: AsyncSession, *, now: datetime, limit: int) -> Sequence[str]:
    """The ids of items whose snooze has passed, the longest waiting first; `load_to_change` locks them."""
    statement = (
        select(work_item.c.work_item_id)
        .where(work_item.c.snoozed_until <= now)
        .order_by(work_item.c.snoozed_until, work_item.c.work_item_id)
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def open_of_owner(session: AsyncSession, owner_id: str, *, limit: int) -> Sequence[str]:
    """The ids of the open items that a person does, whoever asks, in rank order; `load_to_change` locks them."""
    statement = (
        select(work_item.c.work_item_id)
        .where(work_item.c.owner_id == owner_id, work_item.c.is_open)
        .order_by(work_item.c.rank_at, work_item.c.work_item_id)
        .limit(limit)
    )
    return list(await session.scalars(statement))


async def count(session: AsyncSession, *, owner_id: str | None, now: datetime) -> int:
    """How many open items that wait for nothing are this person's, or nobody's, within reach.

    Units: items; a count stops at 1,000.
    """
    whose = {} if owner_id is None else {"owner_id": owner_id}
    rows = await run_within(session, _NOBODYS if owner_id is None else _THEIRS, now=now, **whose)
    found: int = rows[0]["items"]
    return found


async def seen(session: AsyncSession, work_item_ids: Collection[str]) -> Sequence[WorkItem]:
    """Those of these items that are within reach, as they are, in id order, with one statement."""
    await _items.load(session, work_item.c.work_item_id, values=work_item_ids, lock=False)
    found = [await _items.one(session, work_item.c.work_item_id, value=one, lock=False) for one in work_item_ids]
    reached = [one for one in found if one and covers(session, {name: getattr(one, name) for name in COLUMNS})]
    return sorted(reached, key=lambda one: one.work_item_id)
