"""Many rows of many tables in one statement: a column travels as one array."""

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
_Form = tuple[Table, str, tuple[str, ...]]
"""A table, what is done to it, and with which columns: what a statement's text depends on."""


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
            forms.append((change.table, kind, names))
            counts.append(len(rows))
            values |= {f"{name}_{place}": [row[name] for row in rows] for name in names}
            if kind is _REPLACE:
                values[f"was_{place}"] = list(change.versions)
    statement = _statement(tuple(forms), notify is not None)
    (written,) = fetch_in_step(connection, statement, values=values)
    for place, (table, _, _) in enumerate(forms):
        if written[f"n_{place}"] != counts[place]:
            raise Overtaken(f"{table.name} was changed meanwhile")


@lru_cache(maxsize=512)
def _statement(forms: tuple[_Form, ...], notifies: bool) -> Statement:
    steps = [_step(form, place) for place, form in enumerate(forms)]
    counters = [f"(SELECT count(*) FROM w_{place}) AS n_{place}" for place in range(len(forms))]  # noqa: S608
    found = [*counters, "pg_notify(:channel, '')"] if notifies else counters
    return Statement(f"WITH {', '.join(steps)} SELECT {', '.join(found)}")


def _step(form: _Form, place: int) -> str:
    table, kind, names = form
    arrays = ", ".join(f"CAST(:{name}_{place} AS {_type(table, name)}[])" for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    if kind is _ADD:
        step = f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({arrays}) RETURNING 1"  # noqa: S608
        return f"w_{place} AS ({step})"
    keys = [column.name for column in table.primary_key.columns]
    changed = ", ".join(f'"{name}" = changed."{name}"' for name in names if name not in keys)
    same = [f'present."{name}" = changed."{name}"' for name in keys]
    if "version" in table.c:
        same.append("present.version = changed.was")
    rows = f"unnest({arrays}, CAST(:was_{place} AS int[])) AS changed ({columns}, was)"
    step = f"UPDATE {table.name} AS present SET {changed} FROM {rows} WHERE {' AND '.join(same)}"  # noqa: S608
    return f"w_{place} AS ({step} RETURNING 1)"


def _type(table: Table, name: str) -> str:
    return table.c[name].type.compile(DIALECT)
