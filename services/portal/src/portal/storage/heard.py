"""What the portal heard from the other services."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from portal.storage.tables import assignment, facility, terms, timeline_entry, workstream
from shared.db.tables import inbox, parked_event, replica, stream_position

OWN = "portal"


async def forget(session: AsyncSession) -> int:
    """Empties the inbox and everything that is made of events alone; returns how many events there were.

    Items stay as they are, with who does them: told anew, they are opened and closed again.
    """
    count = await session.scalar(select(func.count()).select_from(inbox)) or 0
    await session.execute(delete(timeline_entry).where(timeline_entry.c.service != OWN))
    for table in (assignment, facility, terms, workstream, replica, parked_event, stream_position, inbox):
        await session.execute(delete(table))
    return count
