"""The floors: consumers of accepted offers as one would write them by hand with asyncpg, for this one case."""

import json
from collections.abc import Sequence
from typing import Any

import asyncpg

from shared.messaging.broker import Record
from tests.load.case_rows import (
    CASE_COLUMNS,
    OUTBOX_COLUMNS,
    WORK_ITEM_COLUMNS,
    WORKSTREAM_COLUMNS,
    CaseRows,
    case_rows,
    heard,
    least_rows,
)

_TYPES = {
    "version": "int", "aggregateversion": "int", "epoch": "int", "shard": "smallint", "is_open": "boolean",
    "is_closed": "boolean", "start_date": "date", "looked_at": "timestamptz", "due_at": "timestamptz",
    "time": "timestamptz", "id": "uuid",
}  # fmt: skip


def _insert(table: str, columns: Sequence[str]) -> str:
    """One statement for any number of rows, given as one array for each column."""
    arrays = ", ".join(f"${place}::{_TYPES.get(name, 'text')}[]" for place, name in enumerate(columns, 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"


_CLAIM = "INSERT INTO inbox (event_id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING RETURNING event_id"
_ADVANCE = (
    "INSERT INTO stream_position (topic, key, epoch, version)"
    " SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::int[]) ON CONFLICT (topic, key)"
    " DO UPDATE SET epoch = excluded.epoch, version = excluded.version"
    " WHERE stream_position.version = excluded.version - 1"
)
_ZONES = "SELECT key, body FROM replica WHERE topic = 'assignments.facility.v1' AND key = ANY($1::text[])"
_CASES = _insert("housing_case", CASE_COLUMNS)
_WORKSTREAMS = _insert("workstream", WORKSTREAM_COLUMNS)
_WORK_ITEMS = _insert("work_item", WORK_ITEM_COLUMNS)
_OUTBOX = _insert("outbox", OUTBOX_COLUMNS)
_WAKE = "SELECT pg_notify('outbox', '')"


async def write_same(connection: asyncpg.Connection, records: Sequence[Record]) -> None:
    """Everything the product writes for these offers, in one transaction with one statement for each table."""
    letters = [heard(record) for record in records]
    async with connection.transaction():
        claimed = await connection.fetch(_CLAIM, [one.event_id for one in letters])
        fresh = {row["event_id"] for row in claimed}
        letters = [one for one in letters if one.event_id in fresh]
        await connection.execute(_ADVANCE, *_columns([one.position for one in letters]))
        facilities = {one.offer["terms"]["facility_id"] for one in letters}
        zones = {row["key"]: json.loads(row["body"])["time_zone"] for row in await connection.fetch(_ZONES, facilities)}
        rows = [case_rows(one, time_zone=zones[one.offer["terms"]["facility_id"]]) for one in letters]
        await _write(connection, rows)


async def write_least(connection: asyncpg.Connection, records: Sequence[Record]) -> None:
    """Inbox, one case and one outbox row for each offer: the least a consumer with inbox and outbox writes."""
    letters = [heard(record) for record in records]
    async with connection.transaction():
        claimed = await connection.fetch(_CLAIM, [one.event_id for one in letters])
        fresh = {row["event_id"] for row in claimed}
        rows = [least_rows(one) for one in letters if one.event_id in fresh]
        await connection.execute(_CASES, *_columns([case for case, _ in rows]))
        await connection.execute(_OUTBOX, *_columns([event for _, event in rows]))
        await connection.execute(_WAKE)


async def _write(connection: asyncpg.Connection, rows: Sequence[CaseRows]) -> None:
    if not rows:
        return
    await connection.execute(_CASES, *_columns([each.case for each in rows]))
    await connection.execute(_WORKSTREAMS, *_columns([each.workstream for each in rows]))
    await connection.execute(_WORK_ITEMS, *_columns([item for each in rows for item in each.work_items]))
    await connection.execute(_OUTBOX, *_columns([event for each in rows for event in each.outbox]))
    await connection.execute(_WAKE)


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
