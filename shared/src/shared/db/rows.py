"""The rows of one table in one transaction: each is read once and written once, however many events concern it.

A use case asks for one row and puts one row. For a batch, `load` reads the rows of many at once, and whatever was put
is written with one or two statements.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeDecorator

from shared.db.bulk import DIALECT, Change, Overtaken
from shared.db.driver import Statement
from shared.db.session import memory_of, run

Key = tuple[Any, ...]
_LITERALLY: Any = {"dialect": DIALECT, "compile_kwargs": {"literal_binds": True}}


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is for this transaction."""

    row: Mapping[str, Any]
    stored: int | None
    """The version that the table has; None while the row is not there."""
    is_written: bool = True
    value: Any = None
    """What was made of the row, so that it is made once."""


class Rows:
    """A table whose rows are kept so. A row that somebody else changed meanwhile is not overwritten."""

    def __init__(self, table: Table, *, only: ColumnElement[bool] | None = None) -> None:
        """`only`: the rows that are ever asked for; others are not loaded."""
        self.table = table
        self.only = only
        self.key = tuple(column.name for column in table.primary_key.columns)
        self._statements: dict[tuple[str, bool], Statement] = {}
        kinds = {column.name: column.type for column in table.columns}
        self._choosy = {name: kind for name, kind in kinds.items() if isinstance(kind, TypeDecorator)}

    async def where(
        self, session: AsyncSession, column: Column[Any], *, value: object, lock: bool = False
    ) -> Sequence[Kept]:
        """The rows with this value in a column, in key order; locked, no other transaction changes them."""
        shelf = self._shelf(session)
        if not shelf.has(column.name, value, lock=lock):
            await self.load(session, column, values=[value], lock=lock)
        return shelf.where(column.name, value)

    async def load(
        self, session: AsyncSession, column: Column[Any], *, values: Collection[Any], lock: bool = False
    ) -> None:
        """Reads the rows with any of these values at once, but for those that are here."""
        shelf = self._shelf(session)
        missing = shelf.missing(column.name, values, lock=lock)
        if missing:
            among = f'"{column.name}" = ANY(CAST(:wanted AS {column.type.compile(DIALECT)}[]))'
            await self._looked_up(session, self._statement(among, lock=lock), wanted=missing)
            shelf.are_loaded.update({(column.name, value): lock for value in missing})

    async def matching(self, session: AsyncSession, **equal: object) -> Sequence[Kept]:
        """The rows with these values in these columns, in key order; what was put counts."""
        if self._shelf(session).waiting():
            await session.flush()
        condition = " AND ".join(f'"{name}" = :{name}' for name in equal)
        return await self._looked_up(session, self._statement(condition, lock=False), **equal)

    async def find(
        self, session: AsyncSession, *where: ColumnElement[bool], limit: int, lock: bool = False
    ) -> Sequence[Kept]:
        """The rows that fit, in key order, at most `limit`; what was put counts."""
        statement = select(self.table).where(*where).order_by(*self.table.primary_key.columns).limit(limit)
        if self.only is not None:
            statement = statement.where(self.only)
        rows = await session.execute(statement.with_for_update() if lock else statement)
        shelf = self._shelf(session)
        return [shelf.adopt(self._key_of(row), row) for row in map(dict, rows.mappings())]

    def put(self, session: AsyncSession, row: Mapping[str, Any], *, was: int | None, value: Any = None) -> None:
        """Replaces the row, or adds it; `was` is the version that it was read with, None for a new one.

        Raises Overtaken, here or when it is written, when it is at another version by now. What a column's own type
        refuses is refused here: the driver is given the values as they are.
        """
        for name, kind in self._choosy.items():
            kind.process_bind_param(row[name], DIALECT)
        shelf, key = self._shelf(session), self._key_of(row)
        before = shelf.kept.get(key)
        if before and shelf.is_versioned and before.row["version"] != was:
            raise Overtaken(f"{self.table.name} was changed meanwhile")
        memory_of(session).undo.append(lambda: shelf.set(key, before))
        stored = before.stored if before else was
        shelf.set(key, Kept(row, stored=stored, is_written=False, value=value))

    def remember(self, session: AsyncSession, kept: Kept, *, value: Any) -> None:
        """Keeps what was made of a row beside it."""
        known = Kept(kept.row, stored=kept.stored, is_written=kept.is_written, value=value)
        self._shelf(session).kept[self._key_of(kept.row)] = known

    def drop(self, session: AsyncSession, key: Key) -> None:
        """Forgets a row that was deleted."""
        self._shelf(session).set(key, None)

    async def _looked_up(self, session: AsyncSession, statement: Statement, **values: Any) -> list[Kept]:
        """Reads without writing first: a row that waits is known, whatever the table says."""
        shelf = self._shelf(session)
        return [shelf.adopt(self._key_of(row), dict(row)) for row in await run(session, statement, **values)]

    def _statement(self, condition: str, *, lock: bool) -> Statement:
        """Made once for each condition: making it takes longer than running it."""
        if (condition, lock) not in self._statements:
            columns = ", ".join(f'"{column.name}"' for column in self.table.columns)
            only = "" if self.only is None else f" AND {self.only.compile(**_LITERALLY)}"
            order = ", ".join(f'"{name}"' for name in self.key)
            end = " FOR UPDATE" if lock else ""
            sql = f"SELECT {columns} FROM {self.table.name} WHERE {condition}{only} ORDER BY {order}{end}"  # noqa: S608
            self._statements[condition, lock] = Statement(sql)
        return self._statements[condition, lock]

    def _key_of(self, row: Mapping[str, Any]) -> Key:
        return tuple([row[name] for name in self.key])

    def _shelf(self, session: AsyncSession) -> "_Shelf":
        shelves = memory_of(session).shelves
        shelf: _Shelf | None = shelves.get(self)
        if shelf is None:
            shelf = shelves[self] = _Shelf(self.table)
        return shelf


class _Shelf:
    """The rows of one table that one transaction knows."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.is_versioned = "version" in table.c
        self._key = tuple(column.name for column in table.primary_key.columns)
        self.kept: dict[Key, Kept] = {}
        self.are_loaded: dict[tuple[str, Any], bool] = {}  # (column, value), and whether its rows are locked
        self._waiting: dict[Key, None] = {}
        self._by_column: dict[str, dict[Any, dict[Key, None]]] = {}

    def has(self, name: str, value: object, *, lock: bool) -> bool:
        """Whether the rows with this value in this column are here, and locked where that is asked for."""
        is_locked = self.are_loaded.get((name, value))
        if is_locked is None and self._key == (name,):  # a new row is nobody else's, and the only one of its key
            kept = self.kept.get((value,))
            return kept is not None and kept.stored is None
        return is_locked is not None and (is_locked or not lock)

    def missing(self, name: str, values: Collection[Any], *, lock: bool) -> list[Any]:
        """The values whose rows are not here yet, or are not locked yet."""
        return sorted({value for value in values if not self.has(name, value, lock=lock)})

    def where(self, name: str, value: object) -> list[Kept]:
        """The rows with this value in this column, in key order."""
        if name not in self._by_column:
            places: dict[Any, dict[Key, None]] = {}
            for key, kept in self.kept.items():
                places.setdefault(kept.row[name], {})[key] = None
            self._by_column[name] = places
        return [self.kept[key] for key in sorted(self._by_column[name].get(value, ()))]

    def adopt(self, key: Key, row: dict[str, Any]) -> Kept:
        """Takes over a row that was read, unless what is known of it is newer or the same."""
        known = self.kept.get(key)
        if known is None or (known.is_written and known.row != row):
            known = Kept(row, stored=row.get("version", 0))
            self.set(key, known)
        return known

    def set(self, key: Key, kept: Kept | None) -> None:
        """Replaces what is known of a row."""
        before = self.kept.pop(key, None)
        self._waiting.pop(key, None)
        for name, places in self._by_column.items():
            if before:
                del places[before.row[name]][key]
            if kept:
                places.setdefault(kept.row[name], {})[key] = None
        if kept:
            self.kept[key] = kept
            if not kept.is_written:
                self._waiting[key] = None

    def waiting(self) -> Change | None:
        """What was put and is not written yet, in key order."""
        if not self._waiting:
            return None
        kept = [self.kept[key] for key in sorted(self._waiting)]
        changed = [each for each in kept if each.stored is not None]
        return Change(
            table=self.table,
            new=[each.row for each in kept if each.stored is None],
            changed=[each.row for each in changed],
            versions=[each.stored for each in changed],
        )

    def is_written(self) -> None:
        """What waited is in the table."""
        for key in self._waiting:
            kept = self.kept[key]
            self.kept[key] = Kept(kept.row, stored=kept.row.get("version", 0), value=kept.value)
        self._waiting.clear()
