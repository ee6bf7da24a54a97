"""The merged timeline: every event of every service, and what was done in the portal itself."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from portal.domain.entry import Entry
from portal.storage.projected import Projected
from portal.storage.tables import timeline_entry
from shared.db.work import Work

_entries = Projected(timeline_entry, Entry)
add = _entries.save


async def load_of_assignments(session: AsyncSession, assignment_ids: Collection[str]) -> None:
    """Reads at once what `of_assignment` will be asked for. Only for assignments that are new: later it is long."""
    await _entries.load(session, timeline_entry.c.assignment_id, values=assignment_ids, lock=False)


async def of_assignment(session: AsyncSession, assignment_id: str) -> tuple[Entry, ...]:
    """Every entry of an assignment, in the order of their ids. Only for one that is new."""
    return await _entries.where(session, timeline_entry.c.assignment_id, value=assignment_id, lock=False)


async def of_event(work: Work) -> Entry:
    """The entry of the event that is being handled. Raises LookupError when none was recorded."""
    return await entry(work.session, UUID(str(work.cause.causation_id)))


async def entry(session: AsyncSession, entry_id: UUID) -> Entry:
    """The entry of this id, whoever asks. Raises LookupError when none was recorded."""
    found = await _entries.one(session, timeline_entry.c.entry_id, value=entry_id, lock=False)
    if found is None:
        raise LookupError("the event was not recorded in the timeline")
    return found


async def move(session: AsyncSession, assignment_id: str, *, facility_id: str) -> None:
    """The assignment is at another facility now: whoever reaches that one sees its whole timeline."""
    here = timeline_entry.c.assignment_id == assignment_id
    await session.execute(
        update(timeline_entry)
        .where(here, timeline_entry.c.facility_id.is_distinct_from(facility_id))
        .values(facility_id=facility_id)
    )
