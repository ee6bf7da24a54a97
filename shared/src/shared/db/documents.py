"""Aggregates kept as one row each: columns to find them by, and the whole value as JSON.

A frozen dataclass goes in and comes out equal. Its `version` counts saved changes, 0 before the first. A save that
started from another version than the stored one fails, so that no change is lost even without the row lock that
commands take.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Column, ColumnElement, Integer, MetaData, Table, Text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.metadata import NAMING
from shared.db.rows import Kept, Rows
from shared.db.versions import require_version
from shared.db.within import AGENCY_WIDE, OutOfReach, covers
from shared.errors import NotFound

T = TypeVar("T")
_IS_PART = "is_part"


def service_tables() -> MetaData:
    """The metadata of one service's own tables."""
    return MetaData(naming_convention=NAMING)


def document_table(
    name: str, metadata: MetaData, *columns: Any, key: str, is_part: bool = False, is_agency_wide: bool = False
) -> Table:
    """A table of documents: the key, the columns to find them by, version and body.

    `is_part`: they are found through another aggregate, which is kept within the principal's reach. `is_agency_wide`:
    they belong to no facility, so every team reaches them.
    """
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        *columns,
        Column("version", Integer, nullable=False),
        Column("body", Text, nullable=False, comment="the whole value as JSON"),
        info={_IS_PART: is_part, AGENCY_WIDE: is_agency_wide},
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
        self._rows = Rows(table)
        self._adapter: TypeAdapter[Any] = TypeAdapter(value)
        self._columns = columns
        self._noun = noun or table.name
        self._counter = counter
        self._is_part = table.info.get(_IS_PART, False)
        (self._key,) = table.primary_key.columns

    async def to_read(self, session: AsyncSession, key: str) -> T:
        """The value as it is. Raises NotFound, also for one out of the principal's reach."""
        return self._reached(session, await self.one(session, self._key, value=key), key=key)

    async def to_change(self, session: AsyncSession, key: str, *, expected_version: int | None = None) -> T:
        """The value, locked for a change. Raises NotFound, also for one out of reach, and VersionMismatch."""
        found = self._reached(session, await self.one(session, self._key, value=key, lock=True), key=key)
        require_version(cast(Any, found).version, expected_version)
        return found

    async def one(self, session: AsyncSession, column: Column[Any], *, value: str, lock: bool = False) -> T | None:
        """The value whose unique column has this value."""
        found = await self.where(session, column, value=value, lock=lock)
        return found[0] if found else None

    async def where(self, session: AsyncSession, column: Column[Any], *, value: str, lock: bool = False) -> Sequence[T]:
        """All with this value in a column, in key order."""
        return [self._read(session, kept) for kept in await self._rows.where(session, column, value=value, lock=lock)]

    async def load(
        self, session: AsyncSession, column: Column[Any], *, values: Collection[str], lock: bool = False
    ) -> None:
        """Reads at once what `where` and `one` will be asked for, value by value."""
        await self._rows.load(session, column, values=values, lock=lock)

    async def matching(self, session: AsyncSession, **equal: str) -> T | None:
        """The value with these values in columns that are unique together."""
        found = await self._rows.matching(session, **equal)
        return self._read(session, found[0]) if found else None

    async def find(
        self, session: AsyncSession, *where: ColumnElement[bool], limit: int = 1000, lock: bool = False
    ) -> Sequence[T]:
        """All that fit, in key order, at most `limit`."""
        return [self._read(session, kept) for kept in await self._rows.find(session, *where, limit=limit, lock=lock)]

    async def save(self, session: AsyncSession, value: T) -> T:
        """Stores the value as its next version, when the transaction ends, and returns it so.

        Raises Overtaken, and OutOfReach for a new one that its maker could not see.
        """
        count: int = getattr(value, self._counter)
        if count == 0 and not self.reaches(session, value):
            raise OutOfReach
        saved = self._counted(value, count + 1)
        row = {**self._columns(saved), "version": count + 1, "body": self._adapter.dump_json(saved).decode()}
        self._rows.put(session, row, was=count or None, value=saved)
        return saved

    def _read(self, session: AsyncSession, kept: Kept) -> T:
        if kept.value is None:
            value = self.value(kept.row["version"], kept.row["body"])
            self._rows.remember(session, kept, value=value)
            return value
        return cast(T, kept.value)

    def value(self, version: int, body: str) -> T:
        """The value of a selected row."""
        return self._counted(cast(T, self._adapter.validate_json(body)), version)

    def reaches(self, session: AsyncSession, value: T) -> bool:
        """Whether the principal may see the value."""
        is_agency_wide = self.table.info.get(AGENCY_WIDE, False)
        return self._is_part or covers(session, self._columns(value), is_agency_wide=is_agency_wide)

    def _reached(self, session: AsyncSession, value: T | None, *, key: str) -> T:
        if value is None or not self.reaches(session, value):
            raise NotFound(what=self._noun, id=key)
        return value

    def _counted(self, value: T, count: int) -> T:
        return cast(T, replace(cast(Any, value), **{self._counter: count}))
