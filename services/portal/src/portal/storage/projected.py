"""Rows of the read model as values: a column is the field of its name, and some columns hold JSON."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Generic, TypeVar, cast

from pydantic import TypeAdapter
from sqlalchemy import Column, ColumnElement, Table
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db.rows import Kept, Rows

T = TypeVar("T")


class Projected(Generic[T]):
    """The stored values of one class, read at once for a batch and written once at its end."""

    def __init__(self, table: Table, value: type[T], *, as_json: Mapping[str, Any] | None = None) -> None:
        """`as_json`: the columns whose field is more than a scalar, with its type."""
        self._rows = Rows(table)
        self._value = value
        self._columns = tuple(column.name for column in table.columns)
        self._fields = {field.name for field in fields(cast(Any, value))} & set(self._columns)
        self._json = {name: TypeAdapter[Any](kind) for name, kind in (as_json or {}).items()}
        self._is_versioned = "version" in self._fields

    async def where(self, session: AsyncSession, column: Column[Any], *, value: object, lock: bool) -> tuple[T, ...]:
        """All with this value in a column, in key order."""
        found = await self._rows.where(session, column, value=value, lock=lock)
        return tuple(self._read(session, kept) for kept in found)

    async def one(self, session: AsyncSession, column: Column[Any], *, value: object, lock: bool) -> T | None:
        """The one with this value in a unique column."""
        found = await self.where(session, column, value=value, lock=lock)
        return found[0] if found else None

    async def load(
        self, session: AsyncSession, column: Column[Any], *, values: Collection[Any], lock: bool = True
    ) -> None:
        """Reads at once what `where` and `one` will be asked for, value by value."""
        await self._rows.load(session, column, values=values, lock=lock)

    async def find(
        self, session: AsyncSession, *where: ColumnElement[bool], limit: int, lock: bool = False
    ) -> Sequence[T]:
        """All that fit, in key order, at most `limit`."""
        found = await self._rows.find(session, *where, limit=limit, lock=lock)
        return [self._read(session, kept) for kept in found]

    def save(self, session: AsyncSession, value: T) -> T:
        """Stores the value, as its next version where it has one, when the transaction ends; returns it so."""
        was: int | None = None
        if self._is_versioned:
            was = cast(Any, value).version or None
            value = cast(T, replace(cast(Any, value), version=(was or 0) + 1))
        self._rows.put(session, self._row(value), was=was, value=value)
        return value

    def _row(self, value: T) -> Mapping[str, Any]:
        row = {name: getattr(value, name) for name in self._columns}
        for name, adapter in self._json.items():
            row[name] = adapter.dump_json(row[name]).decode()
        return row

    def _read(self, session: AsyncSession, kept: Kept) -> T:
        if kept.value is None:
            row = {name: kept.row[name] for name in self._fields}
            for name, adapter in self._json.items():
                row[name] = adapter.validate_json(row[name])
            value = self._value(**row)
            self._rows.remember(session, kept, value=value)
            return value
        return cast(T, kept.value)
