"""What most services do: the SQLAlchemy unit of work, one transaction for each message, for the same rows."""

import json
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import registry

from housing.storage.tables import housing_case
from shared.db.tables import inbox, outbox, replica, stream_position
from shared.messaging.broker import Record
from shared.workstreams.tables import work_item, workstream
from tests.load.case_rows import (
    CASE_COLUMNS,
    OUTBOX_COLUMNS,
    WORK_ITEM_COLUMNS,
    WORKSTREAM_COLUMNS,
    CaseRows,
    case_rows,
    heard,
)

_mapping = registry()


def _entity(table: Table) -> type[Any]:
    """A class whose instances are rows of the table."""
    entity = type(table.name.title().replace("_", ""), (), {})
    _mapping.map_imperatively(entity, table)
    return entity


Inbox, StreamPosition, Replica = _entity(inbox), _entity(stream_position), _entity(replica)
Case, Workstream, WorkItem, Outbox = (_entity(table) for table in (housing_case, workstream, work_item, outbox))


async def one_message(engine: AsyncEngine, record: Record) -> None:
    """Applies one offer in a transaction of its own, unless it was applied before."""
    letter = heard(record)
    topic, key, epoch, version = letter.position
    async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
        if await session.get(Inbox, letter.event_id):
            return
        session.add(_filled(Inbox, ("event_id",), (letter.event_id,)))
        position = await session.get(StreamPosition, (topic, key), with_for_update=True)
        if position is None:
            row = topic, key, epoch, version
            session.add(_filled(StreamPosition, ("topic", "key", "epoch", "version"), row))
        else:
            position.version = version
        facility = await session.get(Replica, ("assignments.facility.v1", letter.offer["terms"]["facility_id"]))
        assert facility
        session.add_all(_entities(case_rows(letter, time_zone=json.loads(facility.body)["time_zone"])))
        await session.flush()
        await session.execute(select(func.pg_notify("outbox", "")))


def _entities(rows: CaseRows) -> list[Any]:
    return [
        _filled(Case, CASE_COLUMNS, rows.case),
        _filled(Workstream, WORKSTREAM_COLUMNS, rows.workstream),
        *(_filled(WorkItem, WORK_ITEM_COLUMNS, item) for item in rows.work_items),
        *(_filled(Outbox, OUTBOX_COLUMNS, event) for event in rows.outbox),
    ]


def _filled(entity: type[Any], names: tuple[str, ...], values: tuple[Any, ...]) -> Any:
    made = entity()
    for name, value in zip(names, values, strict=True):
        setattr(made, name, value)
    return made
