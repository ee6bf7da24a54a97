"""Fills a portal's read model with an invented agency, for measuring and for looking at pages.

    python -m services.portal.tests.crowd URL --assignments 5000 --items 200000 --entries 2000000

The same numbers, seed and day give the same rows. Everything is written by COPY into an empty, migrated database; the
indexes of the timeline are made anew at the end, which takes half the time of keeping them.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from random import Random
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import TypeAdapter
from sqlalchemy import Table

from portal.storage.tables import assignment, facility, terms, timeline_entry, work_item, workstream
from services.portal.tests.builders import some_terms
from services.portal.tests.storage.crowd_course import Course, courses
from services.portal.tests.storage.crowd_directory import Directory, directory
from shared.clock import SystemClock
from shared.contracts.terms import Terms
from shared.db.tables import replica

SEED = 20260105
ASSIGNMENTS, ITEMS, ENTRIES = 5_000, 200_000, 2_000_000
CHUNK = 250
"""Assignments whose rows are in memory at a time."""
TYPES = (
    ("timekeeping", "shift.worked"),
    ("timekeeping", "shift.worked"),
    ("timekeeping", "shift.worked"),
    ("timekeeping", "timecard.closed"),
    ("timekeeping", "timecard.approved"),
    ("payroll", "pay.issued"),
    ("payroll", "margin.changed"),
    ("credentialing", "workstream.changed"),
    ("housing", "workstream.changed"),
    ("payroll", "work_item.opened"),
    ("payroll", "work_item.completed"),
    ("portal", "work_item.assigned"),
)
BODY = TypeAdapter(Terms).dump_json(some_terms()).decode()
WAY = ("offer.accepted", "agreement.signed", "assignment.confirmed", "assignment.cleared", "assignment.started")


async def fill(
    url: str,
    *,
    assignments: int = ASSIGNMENTS,
    items: int = ITEMS,
    entries: int = ENTRIES,
    today: date | None = None,
    seed: int = SEED,
) -> Directory:
    """Writes an agency of this size, as it is on the day (today, where none is said); returns whom and what it has."""
    today = today or SystemClock().now().date()
    chance = Random(seed)
    house = directory(chance, clinicians=max(assignments * 4 // 5, 1))
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute("SET maintenance_work_mem = '256MB'")
        await _copy(connection, replica, house.states(), names=("topic", "key", "version", "body"))
        await _copy(connection, facility, _places(house))
        indexes = await _without_indexes(connection, timeline_entry)
        course = courses(chance, house, count=assignments, items=items, today=today)
        for first in range(0, assignments, CHUNK):
            chunk = [next(course) for _ in range(min(CHUNK, assignments - first))]
            await _copy(connection, assignment, (_row(assignment, each.assignment) for each in chunk))
            await _copy(connection, terms, (_terms(each) for each in chunk))
            await _copy(connection, workstream, (_row(workstream, one) for each in chunk for one in each.streams))
            await _copy(connection, work_item, (_row(work_item, one) for each in chunk for one in each.items))
            await _copy(connection, timeline_entry, _entries(chunk, first, Fraction(entries, assignments)))
        for statement in (*indexes, "ANALYZE"):
            await connection.execute(statement)
    finally:
        await connection.close()
    return house


async def _copy(
    connection: asyncpg.Connection,
    table: Table,
    records: Iterable[Sequence[Any]],
    *,
    names: Sequence[str] | None = None,
) -> None:
    columns = names or [column.name for column in table.columns]
    await connection.copy_records_to_table(table.name, records=records, columns=columns)


async def _without_indexes(connection: asyncpg.Connection, table: Table) -> list[str]:
    """Drops the plain indexes of a table; returns the statements that make them again."""
    found = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = $1 AND indexname LIKE 'ix_%'", table.name
    )
    for index in found:
        await connection.execute(f'DROP INDEX "{index["indexname"]}"')
    return [index["indexdef"] for index in found]


def _places(house: Directory) -> Iterator[Sequence[Any]]:
    for each in house.facilities:
        yield each.facility_id, each.address.state, each.time_zone, 1


def _row(table: Table, value: Any) -> Sequence[Any]:
    return [_cell(getattr(value, column.name)) for column in table.columns]


def _cell(value: Any) -> Any:
    """Tuples of values are JSON in their column."""
    if isinstance(value, tuple):
        return json.dumps([_plain(asdict(each)) for each in value])
    return value


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: each.isoformat() if isinstance(each, date | datetime) else each for name, each in fields.items()}


def _terms(course: Course) -> Sequence[Any]:
    known = course.assignment
    return (known.assignment_id, 1, known.start_date, None, "[]", "api:ats", known.accepted_at, BODY)


def _entries(chunk: Sequence[Course], first: int, each_has: Fraction) -> Iterator[Sequence[Any]]:
    """The lines of these assignments: their way first, then what departments said, evenly until the end."""
    for number, course in enumerate(chunk, start=first):
        known = course.assignment
        begin, end = floor(number * each_has), floor((number + 1) * each_has)
        assert known.accepted_at
        for place in range(end - begin):
            service, event_type = ("assignments", WAY[place]) if place < len(WAY) else TYPES[place % len(TYPES)]
            item = course.items[place % len(course.items)] if course.items and "work_item" in event_type else None
            yield (
                UUID(int=(7 << 76) | (1 << 127) | (begin + place)),
                known.assignment_id,
                known.clinician_id,
                known.facility_id,
                item.work_item_id if item else None,
                known.accepted_at + timedelta(minutes=37 * place),
                service,
                event_type,
                item.work_item_id if item else known.assignment_id,
                place + 1,
                f"system:{service}",
                f"corr-{begin + place // 5}",
                None,
                f'{{"assignment_id":"{known.assignment_id}","terms_version":1,"worked_minutes":{600 + place % 120}}}',
            )


def main() -> None:
    """Fills the database that the command line names."""
    usage = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    usage.add_argument("url")
    usage.add_argument("--assignments", type=int, default=ASSIGNMENTS)
    usage.add_argument("--items", type=int, default=ITEMS)
    usage.add_argument("--entries", type=int, default=ENTRIES)
    usage.add_argument("--today", type=date.fromisoformat, default=None)
    usage.add_argument("--seed", type=int, default=SEED)
    asked = usage.parse_args()
    sizes = {"assignments": asked.assignments, "items": asked.items, "entries": asked.entries}
    asyncio.run(fill(asked.url, **sizes, today=asked.today, seed=asked.seed))
    sys.stdout.write(f"{sizes}\n")


if __name__ == "__main__":
    main()
