"""What changed in the read model: the line on which triggers tell it, and the rows behind what they told.

A commit that changed rows notifies the channel `portal_changed` (migration 0002), with the ids of at most 100 rows or
the word that there were many. Whoever listens looks the rows up once for all who are to be told.
"""

import json
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from portal.domain.change import Change
from portal.storage.outages import named_outages
from shared.db.driver import Statement
from shared.db.session import run

CHANNEL = "portal_changed"
MANY = "many"
APPLICATION = "portal-live"
"""How the line is called in the server's list of connections."""

Heard = Callable[[str, Collection[str]], None]
"""Takes a kind (items, assignments, notes or places) and ids, or `many` and none."""

_ITEMS = "SELECT 'items' AS kind, work_item_id AS id, assignment_id, facility_id, clinician_id, source, is_open"
_ASSIGNMENTS = "SELECT 'assignments', assignment_id, assignment_id, facility_id, clinician_id, source, is_open"
_NOTES = (
    "SELECT CASE about WHEN 'work_item' THEN 'items' WHEN 'assignment' THEN 'assignments' ELSE 'others' END, about_id,"
    " assignment_id, facility_id, clinician_id, source, true"
)
_BEHIND = Statement(
    f"{_ITEMS} FROM queue_item WHERE work_item_id = ANY(CAST(:items AS text[]))"
    f" UNION ALL {_ASSIGNMENTS} FROM assignment WHERE assignment_id = ANY(CAST(:assignments AS text[]))"
    f" UNION ALL {_NOTES} FROM note WHERE note_id = ANY(CAST(:notes AS text[]))"
)
_SINCE = Statement(
    f"({_ITEMS} FROM queue_item WHERE changed_at > :since LIMIT :most)"
    f" UNION ALL ({_ASSIGNMENTS} FROM assignment WHERE changed_at > :since LIMIT :most)"
    f" UNION ALL ({_ASSIGNMENTS} FROM queue_stream JOIN assignment USING (assignment_id)"
    " WHERE queue_stream.changed_at > :since LIMIT :most)"
    f" UNION ALL ({_NOTES} FROM note WHERE at > :since LIMIT :most)"
)


class Line:
    """A connection of its own that hears what changes, and looks up what it heard."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def behind(
        self, *, items: Collection[str], assignments: Collection[str], notes: Collection[str]
    ) -> Sequence[Change]:
        """The objects that these rows are about, as they are by now. It also shows whether the line still stands."""
        values = {"items": sorted(items), "assignments": sorted(assignments), "notes": sorted(notes)}
        found = await self._connection.exec_driver_sql(_BEHIND.sql, _BEHIND.ordered(values))
        return [_change(dict(row)) for row in found.mappings()]


@asynccontextmanager
async def listen(url: URL, heard: Heard) -> AsyncIterator[Line]:
    """A line to this database, open to the end of the block. Raises Unavailable when it cannot be had or breaks."""
    engine = create_async_engine(
        url,
        poolclass=NullPool,
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": 5, "command_timeout": 10, "server_settings": {"application_name": APPLICATION}},
    )
    try:
        with named_outages():
            async with engine.connect() as connection:
                driver: Any = (await connection.get_raw_connection()).driver_connection
                await driver.add_listener(CHANNEL, lambda *call: heard(*_read(call[-1])))
                yield Line(connection)
    finally:
        await engine.dispose()


async def named(session: AsyncSession, ids: Collection[str]) -> Sequence[Change]:
    """The work items and assignments with these ids, for a unit of work."""
    rows = await run(session, _BEHIND, items=sorted(ids), assignments=sorted(ids), notes=[])
    return [_change(dict(row)) for row in rows]


async def since(session: AsyncSession, instant: datetime, *, most: int) -> Sequence[Change]:
    """What changed after the instant: at most `most` rows of each table, in no order."""
    return [_change(dict(row)) for row in await run(session, _SINCE, since=instant, most=most)]


def engine_url(engine: AsyncEngine) -> URL:
    """The address of the database of this pool, with its password."""
    return engine.url


def _read(payload: str) -> tuple[str, Collection[str]]:
    said = json.loads(payload)
    return said["kind"], said.get("ids", ())


def _change(row: dict[str, Any]) -> Change:
    return Change(kind=row.pop("kind"), id=row.pop("id"), columns=row)
