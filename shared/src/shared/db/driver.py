"""Runs the house's own statements on the driver itself, inside the session's transaction.

SQLAlchemy takes several times as long for one statement as the driver does, and these few run with every command and
every event. Everything else goes through SQLAlchemy.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.util import await_only

AUTOCOMMIT = "AUTOCOMMIT"
_NAME = re.compile(r"(?<![:\w]):([a-z_][a-z0-9_]*)")

Row = Mapping[str, Any]


class Statement:
    """SQL with named values, such as `:keys`, numbered as the server wants them."""

    def __init__(self, sql: str) -> None:
        self.text = sql
        self._names = tuple(dict.fromkeys(_NAME.findall(sql)))
        self.sql = _NAME.sub(lambda found: f"${self._names.index(found[1]) + 1}", sql)

    def ordered(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The values in the order of their numbers."""
        return tuple(values[name] for name in self._names)


async def fetch(connection: AsyncConnection, statement: Statement, *, values: Mapping[str, Any]) -> Sequence[Row]:
    """What the statement returns. Raises SQLAlchemy's errors."""
    assert connection.sync_connection
    driver = _driver(connection.sync_connection)
    if not driver.is_in_transaction() and not commits_each(connection.sync_connection):
        # SQLAlchemy begins a transaction with the first statement that it runs itself.
        found = await connection.exec_driver_sql(statement.sql, statement.ordered(values))
        return [dict(row) for row in found.mappings()]
    return await _fetched(driver, statement, values)


def fetch_in_step(connection: Connection, statement: Statement, *, values: Mapping[str, Any]) -> Sequence[Row]:
    """The same where SQLAlchemy has made asynchronous code look synchronous."""
    driver = _driver(connection)
    if not driver.is_in_transaction() and not commits_each(connection):
        return [dict(row) for row in connection.exec_driver_sql(statement.sql, statement.ordered(values)).mappings()]
    rows: Sequence[Row] = await_only(_fetched(driver, statement, values))
    return rows


async def _fetched(driver: Any, statement: Statement, values: Mapping[str, Any]) -> Sequence[Row]:
    try:
        rows: Sequence[Row] = await driver.fetch(statement.sql, *statement.ordered(values))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError) as error:
        raise _as_sqlalchemy(error, statement, driver) from error
    return rows


def commits_each(connection: Connection) -> bool:
    """Whether no transaction frames its statements: each is one by itself."""
    return connection.get_execution_options().get("isolation_level") == AUTOCOMMIT


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


def _as_sqlalchemy(error: Exception, statement: Statement, driver: Any) -> DBAPIError:
    """The error as SQLAlchemy would raise it, so that nobody has to know two kinds. Values are not in it."""
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return IntegrityError(statement.sql, None, error, hide_parameters=True)
    return DBAPIError(statement.sql, None, error, hide_parameters=True, connection_invalidated=driver.is_closed())
