"""Rows of exclusion lists, written by COPY and read a part at a time: a list has 83,000 of them."""

from collections.abc import AsyncIterable, AsyncIterator, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.storage.tables import exclusion_row
from shared.db.session import memory_of

READ_AT_ONCE = 500
_FIELDS = tuple(field.name for field in fields(Entry))
_COLUMNS = ("release_id", "identity", *_FIELDS)


async def write(session: AsyncSession, release_id: str, *, parts: AsyncIterable[Sequence[Entry]]) -> None:
    """Writes the rows part by part, so that no statement takes long. The transaction must have begun."""
    connection = await session.connection()
    driver: Any = (await connection.get_raw_connection()).driver_connection
    memory_of(session).writes += 1
    async for entries in parts:
        await driver.copy_records_to_table(exclusion_row.name, columns=_COLUMNS, records=_records(release_id, entries))


async def read(session: AsyncSession, release_id: str) -> AsyncIterator[Sequence[Entry]]:
    """The rows of a release by line, some hundred at a time."""
    columns = exclusion_row.c
    after = -1
    while True:
        chosen = select(*(columns[name] for name in _FIELDS)).where(
            columns.release_id == release_id, columns.line > after
        )
        rows = (await session.execute(chosen.order_by(columns.line).limit(READ_AT_ONCE))).all()
        if not rows:
            return
        yield [_entry(row) for row in rows]
        after = rows[-1].line


async def at_lines(session: AsyncSession, release_id: str, *, lines: Collection[int]) -> Mapping[int, Entry]:
    """The rows on these lines of a release."""
    columns = exclusion_row.c
    chosen = select(*(columns[name] for name in _FIELDS))
    found = await session.execute(chosen.where(columns.release_id == release_id, columns.line.in_(lines)))
    return {row.line: _entry(row) for row in found.all()}


def _records(release_id: str, entries: Iterable[Entry]) -> Iterable[tuple[Any, ...]]:
    return [(release_id, _identity(entry), *(getattr(entry, name) for name in _FIELDS)) for entry in entries]


def _identity(entry: Entry) -> str:
    return sha256("\x1f".join(entry.identity).encode()).hexdigest()[:32]


def _entry(row: Any) -> Entry:
    values = row._asdict()
    return Entry(**{**values, "kind": EntryKind(values["kind"])})
