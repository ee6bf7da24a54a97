"""Many rows of one table in one statement: a column travels as one array."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Dialect, Table, TextClause, text
from sqlalchemy.dialects import postgresql

_DIALECT: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


def among(column: Column[Any], values: Sequence[Any]) -> TextClause:
    """The condition that a column has one of these values."""
    return _among(column).bindparams(wanted=values)


def insert_all(connection: Connection, table: Table, *, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts the rows, all with the columns of the first."""
    if rows:
        names = tuple(rows[0])
        connection.execute(_insert(table, names), {name: [row[name] for row in rows] for name in names})


def update_all(
    connection: Connection, table: Table, *, rows: Sequence[Mapping[str, Any]], versions: Sequence[int | None]
) -> int:
    """Replaces rows that still have these versions, where the table has any; returns how many had another."""
    if not rows:
        return 0
    names = tuple(rows[0])
    arrays = {name: [row[name] for row in rows] for name in names}
    done = connection.execute(_update(table, names), {**arrays, "_was": list(versions)})
    return len(rows) - done.rowcount


@cache
def _among(column: Column[Any]) -> TextClause:
    return text(f'{column.table.name}."{column.name}" = ANY(CAST(:wanted AS {column.type.compile(_DIALECT)}[]))')


@lru_cache(maxsize=256)
def _insert(table: Table, names: tuple[str, ...]) -> TextClause:
    values = f"SELECT * FROM unnest({_arrays(table, names)})"  # noqa: S608  # names come from the table
    return text(f"INSERT INTO {table.name} ({_list(names)}) {values}")


@lru_cache(maxsize=256)
def _update(table: Table, names: tuple[str, ...]) -> TextClause:
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f'"{name}" = changed."{name}"' for name in names if name not in keys)
    same = [f'present."{name}" = changed."{name}"' for name in keys]
    if "version" in table.c:
        same.append("present.version = changed._was")
    values = f"unnest({_arrays(table, names)}, CAST(:_was AS int[])) AS changed ({_list(names)}, _was)"
    update = f"UPDATE {table.name} AS present SET {changed} FROM {values} WHERE {' AND '.join(same)}"  # noqa: S608
    return text(update)


def _list(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _arrays(table: Table, names: tuple[str, ...]) -> str:
    return ", ".join(f"CAST(:{name} AS {table.c[name].type.compile(_DIALECT)}[])" for name in names)
