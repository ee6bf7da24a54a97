"""Aggregates kept as one row each: columns to find them by, and the whole value as JSON.

A frozen dataclass goes in and comes out equal. Its `version` counts saved changes, 0 before the first. A save that
started from another version than the stored one fails, so that no change is lost even without the row lock that
commands take.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Column, ColumnElement, Integer, MetaData, Table, Text, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.metadata import NAMING
from shared.db.versions import require_version
from shared.errors import NotFound, Unavailable

T = TypeVar("T")


class Overtaken(Unavailable):
    """Somebody else saved a change first; load again and decide again."""


def service_tables() -> MetaData:
    """The metadata of one service's own tables."""
    return MetaData(naming_convention=NAMING)


def document_table(name: str, metadata: MetaData, *columns: Any, key: str) -> Table:
    """A table of documents: the key, the columns to find them by, version and body."""
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        *columns,
        Column("version", Integer, nullable=False),
        Column("body", Text, nullable=False, comment="the whole value as JSON"),
    )


class Documents(Generic[T]):
    """The stored values of one class of aggregates."""

    def __init__(
        self,
        table: Table,
        value: type[T],
        columns: Callable[[T], Mapping[str, object]],
        *,
        noun: str = "",
        counter: str = "version",
    ) -> None:
        """`columns` gives the row's columns of a value, its key among them, without version and body.

        `noun` is what people call one (the table's name, unless said otherwise). `counter` is the field that counts
        saved changes, where `version` means something else.
        """
        self.table = table
        self._adapter: TypeAdapter[Any] = TypeAdapter(value)
        self._columns = columns
        self._noun = noun or table.name
        self._counter = counter
        (self._key,) = table.primary_key.columns

    async def get(self, session: AsyncSession, *where: ColumnElement[bool], lock: bool = False) -> T | None:
        """The one value that fits; with `lock` no other transaction changes it before this one ends."""
        statement = select(self.table.c.version, self.table.c.body).where(*where)
        row = (await session.execute(statement.with_for_update() if lock else statement)).one_or_none()
        return None if row is None else self.value(row.version, row.body)

    async def to_read(self, session: AsyncSession, key: str) -> T:
        """The value as it is. Raises NotFound."""
        return self._found(await self.get(session, self._key == key), key)

    async def to_change(self, session: AsyncSession, key: str, *, expected_version: int | None = None) -> T:
        """The value, locked for a change. Raises NotFound, VersionMismatch."""
        found = self._found(await self.get(session, self._key == key, lock=True), key)
        require_version(cast(Any, found).version, expected_version)
        return found

    async def find(
        self, session: AsyncSession, *where: ColumnElement[bool], limit: int = 1000, lock: bool = False
    ) -> Sequence[T]:
        """All that fit, in key order, at most `limit`."""
        statement = select(self.table.c.version, self.table.c.body).where(*where).order_by(self._key).limit(limit)
        rows = await session.execute(statement.with_for_update() if lock else statement)
        return [self.value(version, body) for version, body in rows.all()]

    async def save(self, session: AsyncSession, value: T) -> T:
        """Stores the value as its next version and returns it so. Raises Overtaken."""
        count: int = getattr(value, self._counter)
        saved = self._counted(value, count + 1)
        row = {**self._columns(saved), "version": count + 1, "body": self._adapter.dump_json(saved).decode()}
        if count == 0:
            await session.execute(insert(self.table).values(**row))
            return saved
        changed = await session.execute(
            update(self.table)
            .where(self._key == row[self._key.name], self.table.c.version == count)
            .values(**row)
            .returning(self._key)
        )
        if changed.one_or_none() is None:
            raise Overtaken(f"{self.table.name} was changed meanwhile")
        return saved

    def value(self, version: int, body: str) -> T:
        """The value of a selected row."""
        return self._counted(cast(T, self._adapter.validate_json(body)), version)

    def _found(self, value: T | None, key: str) -> T:
        if value is None:
            raise NotFound(what=self._noun, id=key)
        return value

    def _counted(self, value: T, count: int) -> T:
        return cast(T, replace(cast(Any, value), **{self._counter: count}))
