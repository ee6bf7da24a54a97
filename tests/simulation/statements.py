"""What the statements of the consumer's side do on the simulated database, written by hand beside the product's SQL."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, Select, TextClause, Update
from sqlalchemy.dialects.postgresql import Insert

from shared.db.driver import Statement
from shared.messaging import intake, repairs
from tests.simulation.database import Connection, Key
from tests.simulation.expressions import holds, value_of
from tests.simulation.publishing import BEGINNING

Row = dict[str, Any]
Parameters = Mapping[str, Any]
_LOOK_UP = re.compile(r'SELECT .* FROM (?P<table>\w+) WHERE "(?P<column>\w+)" = ANY\(.*')
POSITIONS, PARKED = "stream_position", "parked_event"


def now() -> datetime:
    """The database's clock."""
    return BEGINNING + timedelta(seconds=asyncio.get_running_loop().time())


async def take_in(connection: Connection, statement: Statement, parameters: Parameters) -> list[Any]:
    """Claims ids in the inbox, begins streams, and reads their positions, locking them where the statement does.

    An id or a stream that another transaction inserts just now is waited for.
    """
    ids = parameters["ids"]
    streams = list(zip(parameters["topics"], parameters["keys"], strict=True))
    is_locking = "DO UPDATE SET version = known.version" in statement.text

    def locks() -> list[Key]:
        new = [stream for stream in streams if is_locking or connection.read(POSITIONS, stream) is None]
        return [*(("inbox", one) for one in ids), *((POSITIONS, *stream) for stream in new)]

    def insert() -> list[Any]:
        fresh = [one for one in ids if connection.read("inbox", one) is None]
        for one in fresh:
            connection.write("inbox", one, now())
        connection.machine.world.seen["a duplicate is dropped"] += len(fresh) < len(ids)
        for topic, key in streams:
            if connection.read(POSITIONS, (topic, key)) is None:
                connection.write(POSITIONS, (topic, key), {"topic": topic, "key": key, "epoch": 0, "version": 0})
        claimed = [SimpleNamespace(event_id=one, topic=None) for one in fresh]
        found = [SimpleNamespace(event_id=None, **connection.read(POSITIONS, stream)) for stream in streams]
        return [*claimed, *found]

    return await connection.ask(insert, locks=locks)


async def advance(connection: Connection, statement: Statement, parameters: Parameters) -> list[Any]:
    """Changes positions of streams that have one, and makes parked events due whose turn it is after a gap."""
    columns = ("topics", "keys", "epochs", "versions")
    moved = {
        (topic, key): {"topic": topic, "key": key, "epoch": epoch, "version": version}
        for topic, key, epoch, version in zip(*(parameters[name] for name in columns), strict=True)
    }
    is_waking = "waiting.reason = 'gap'" in statement.text

    def waits(row: Row) -> bool:
        is_gap = is_waking and row["settled_at"] is None and row["reason"] == "gap"
        position = moved.get((row["topic"], row["key"]))
        return is_gap and position is not None and bool(row["version"] <= position["version"] + 1)

    def move() -> None:
        for stream, row in moved.items():
            if connection.read(POSITIONS, stream) is not None:
                connection.write(POSITIONS, stream, row)

    await connection.ask(move, locks=lambda: [(POSITIONS, *stream) for stream in moved])
    return await _update(connection, waits, lambda row: {"retry_at": now()})


async def park(connection: Connection, statement: Insert, rows: Sequence[Parameters]) -> list[Any]:
    """Inserts parked events, but none that is there."""

    def name(row: Mapping[str, Any]) -> Key:
        return ("parked record", row["topic"], row["partition"], row["record_offset"], row["fingerprint"])

    def insert() -> list[Any]:
        known = {name(row) for _, row in connection.rows(PARKED)}
        for row in rows:
            if name(row) not in known:
                connection.write(PARKED, number := next(connection.database.positions), _parked(number, row))
        return []

    return await connection.ask(insert, locks=lambda: [name(row) for row in rows])


async def lock_parked(connection: Connection, statement: TextClause, parameters: Parameters) -> list[Any]:
    """Locks a parked event that is not settled."""
    number = parameters["id"]

    def read() -> list[Any]:
        row = connection.read(PARKED, number)
        return [] if row is None or row["settled_at"] is not None else [number]

    return await connection.ask(read, locks=lambda: [(PARKED, number)])


async def count_old_gaps(connection: Connection, statement: Select[Any], parameters: Parameters) -> list[Any]:
    """A figure for operators, which decides nothing."""
    return await connection.ask(lambda: [0])


async def select(connection: Connection, statement: Select[Any], parameters: Parameters) -> list[Any]:
    """The rows of one table that fulfil the conditions, in the order that the statement asks for."""
    table, condition, order, most = _read(statement)

    def read() -> list[Any]:
        at = now()
        rows = [row for _, row in connection.rows(table) if holds(condition, row, at)]
        rows.sort(key=lambda row: tuple(value_of(column, row, at) for column in order))
        return [SimpleNamespace(**row) for row in rows[:most]]

    return await connection.ask(read)


@lru_cache(16)
def _read(statement: Select[Any]) -> tuple[str, ColumnElement[bool] | None, Sequence[Any], int | None]:
    """Its table, condition, order and limit: SQLAlchemy puts these together each time that it is asked."""
    (table,) = statement.columns_clause_froms
    return str(table), statement.whereclause, statement._order_by_clauses, statement._limit


async def update(connection: Connection, statement: Update, parameters: Parameters) -> list[Any]:
    """Changes parked events that fulfil the conditions."""
    values: Mapping[Any, Any] = statement._values or {}
    condition = statement.whereclause

    def change(row: Row) -> Row:
        return {name: value_of(value, row, now()) for name, value in values.items()}

    return await _update(connection, lambda row: holds(condition, row, now()), change)


async def _update(connection: Connection, fulfils: Callable[[Row], bool], change: Callable[[Row], Row]) -> list[Any]:
    """As PostgreSQL does it: finds rows, waits for their locks, looks again whether they still fulfil it."""
    found: list[int] = []

    def find() -> list[Key]:
        found.extend(number for number, row in connection.rows(PARKED) if fulfils(row))
        return [(PARKED, number) for number in found]

    def write() -> list[Any]:
        for number in found:
            row = connection.read(PARKED, number)
            if fulfils(row):
                connection.write(PARKED, number, {**row, **change(row)})
        return []

    return await connection.ask(write, locks=find)


def _parked(number: int, row: Parameters) -> Row:
    columns = {name: value for name, value in row.items() if name != "retry_after"}
    after = row["retry_after"]
    return {
        **columns,
        "id": number,
        "parked_at": now(),
        "attempts": 0,
        "retry_at": None if after is None else now() + after,
        "settled_at": None,
        "settlement": None,
    }


async def look_up(connection: Connection, asked: re.Match[str], parameters: Parameters) -> list[Any]:
    """The rows that have one of these values in a column, in key order; nothing here locks them."""

    def read() -> list[Any]:
        rows = [
            row for _, row in sorted(connection.rows(asked["table"])) if row[asked["column"]] in parameters["wanted"]
        ]
        return [SimpleNamespace(**row) for row in rows]

    return await connection.ask(read)


KNOWN: Mapping[object, Callable[..., Any]] = {
    intake._TAKE_IN: take_in,
    intake._ADVANCE: advance,
    intake._PARK: park,
    repairs._LOCK: lock_parked,
    repairs._OLD_GAPS: count_old_gaps,
}
"""The statements that are made once."""


async def run(connection: Connection, statement: Any, parameters: Any) -> list[Any]:
    """Does what a statement says. Raises NotImplementedError for one that nobody told the simulation about."""
    if do := KNOWN.get(statement):
        return list(await do(connection, statement, parameters))
    if isinstance(statement, Select):
        return await select(connection, statement, parameters)
    if isinstance(statement, Update):
        return await update(connection, statement, parameters)
    if isinstance(statement, Statement) and (asked := _LOOK_UP.fullmatch(statement.text)):
        return await look_up(connection, asked, parameters)
    raise NotImplementedError(getattr(statement, "text", statement))
