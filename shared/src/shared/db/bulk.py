"""Many rows of many tables in one statement: a column travels as one array, or as its value where a row is alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table
from sqlalchemy.dialects import postgresql

from shared.db.driver import Statement, fetch_in_step
from shared.errors import Unavailable

DIALECT: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
_ADD, _REPLACE = "add", "replace"
_Form = tuple[Table, str, tuple[str, ...], bool]
"""A table, what is done to it, with which columns, and whether to one row alone: what a statement's text depends on."""


class Overtaken(Unavailable):
    """Somebody else saved a change first; load again and decide again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be written to one table: new rows, and rows that replace those still at these versions.

    All rows of a kind have the columns of the first; a replacement leaves the other columns as they are.
    """

    table: Table
    new: Sequence[Mapping[str, Any]] = ()
    changed: Sequence[Mapping[str, Any]] = ()
    versions: Sequence[int | None] = ()

    def by_kind(self) -> Iterator[tuple[str, Sequence[Mapping[str, Any]]]]:
        """The rows of each kind that has any."""
        if self.new:
            yield _ADD, self.new
        if self.changed:
            yield _REPLACE, self.changed


def write(connection: Connection, changes: Sequence[Change], *, notify: str | None = None) -> None:
    """Writes all of it at once, and notifies a channel when the transaction commits.

    Raises Overtaken when a row to be replaced is at another version by now.
    """
    forms: list[_Form] = []
    values: dict[str, Any] = {} if notify is None else {"channel": notify}
    counts: list[int] = []
    for change in changes:
        for kind, rows in change.by_kind():
            place, names = len(forms), tuple(rows[0])
            forms.append((change.table, kind, names, len(rows) == 1))
            counts.append(len(rows))
            columns = {name: [row[name] for row in rows] for name in names}
            if kind is _REPLACE:
                columns["was"] = list(change.versions)
            for name, column in columns.items():
                values[f"{name}_{place}"] = column[0] if len(rows) == 1 else column
    statement = _statement(tuple(forms), notify is not None)
    (written,) = fetch_in_step(connection, statement, values=values)
    for place, form in enumerate(forms):
        if written[f"n_{place}"] != counts[place]:
            raise Overtaken(f"{form[0].name} was changed meanwhile")


@lru_cache(maxsize=512)
def _statement(forms: tuple[_Form, ...], notifies: bool) -> Statement:
    steps = [_step(form, place) for place, form in enumerate(forms)]
    counters = [f"(SELECT count(*) FROM w_{place}) AS n_{place}" for place in range(len(forms))]  # noqa: S608
    found = [*counters, "pg_notify(:channel, '')"] if notifies else counters
    return Statement(f"WITH {', '.join(steps)} SELECT {', '.join(found)}")


def _step(form: _Form, place: int) -> str:
    table, kind, names, is_alone = form
    types = {name: _type(table, name) for name in names} | ({"was": "INTEGER"} if kind is _REPLACE else {})
    given = ", ".join(f"CAST(:{name}_{place} AS {sort}{'' if is_alone else '[]'})" for name, sort in types.items())
    columns = ", ".join(f'"{name}"' for name in types)
    rows = f"{f'(SELECT {given})' if is_alone else f'unnest({given})'} AS given ({columns})"
    if kind is _ADD:
        return f"w_{place} AS (INSERT INTO {table.name} ({columns}) SELECT * FROM {rows} RETURNING 1)"  # noqa: S608
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f'"{name}" = given."{name}"' for name in names if name not in keys)
    same = [f'present."{name}" = given."{name}"' for name in keys]
    if "version" in table.c:
        same.append("present.version = given.was")
    step = f"UPDATE {table.name} AS present SET {changed} FROM {rows} WHERE {' AND '.join(same)}"  # noqa: S608
    return f"w_{place} AS ({step} RETURNING 1)"


def _type(table: Table, name: str) -> str:
    return table.c[name].type.compile(DIALECT)
