"""The invented agency is what its size says, the same each time, and fits the read model's own rules."""

import hashlib
from datetime import date

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from portal.storage import assignments, names, work_items
from portal.storage.tables import assignment, metadata, timeline_entry, work_item
from services.portal.tests.crowd import fill
from shared.db.work import Works
from shared.principal import Principal
from shared.testing.drift import drift

TODAY = date(2026, 1, 5)
SMALL = {"assignments": 60, "items": 600, "entries": 1_200}


async def test_the_crowd_is_as_large_as_asked_and_reads_as_values(
    engine: AsyncEngine, works: Works, database_url: str
) -> None:
    house = await fill(database_url, **SMALL, today=TODAY)
    async with engine.connect() as connection:
        counts = [
            await connection.scalar(select(func.count()).select_from(table))
            for table in (assignment, work_item, timeline_entry)
        ]
        first = await connection.scalar(select(work_item.c.work_item_id).where(work_item.c.is_open).limit(1))
    assert counts == [60, 600, 1_200]
    async with works.begin(Principal(subject="per_1")) as work:
        item = await work_items.to_read(work.session, str(first))
        known = await assignments.to_read(work.session, str(item.assignment_id))
        assert known.open_items == len(await work_items.open_of(work.session, known.assignment_id))
        found = await names.names_of(work.session, [known.clinician_id, known.facility_id])
    assert found[str(known.clinician_id)] in {each.name for each in house.clinicians}
    assert await drift(engine, metadata) == []  # every index is back


async def test_the_same_size_seed_and_day_give_the_same_rows(engine: AsyncEngine, database_url: str) -> None:
    digests = []
    for _ in range(2):
        await fill(database_url, **SMALL, today=TODAY)
        async with engine.begin() as connection:
            rows = (await connection.execute(select(work_item).order_by(work_item.c.work_item_id))).all()
            digests.append(hashlib.sha256(repr(rows).encode()).hexdigest())
            every = "assignment, terms, facility, queue_item, queue_stream, timeline_entry, replica"
            await connection.execute(text(f"TRUNCATE {every}"))
    assert digests[0] == digests[1]
