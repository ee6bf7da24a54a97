"""Which errors say that the database is away or busy, as opposed to that a statement is wrong."""

from asyncpg import InternalClientError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

# SQLSTATE classes: connection, resources, operator intervention, rollback to be tried again (deadlock).
_PASSING = ("08", "53", "57", "40")
_QUERY_CANCELED = "57014"
_LOCK_NOT_AVAILABLE = "55P03"


def is_outage(error: BaseException) -> bool:
    """Whether the same transaction may succeed when it is tried again later."""
    # The last is what the driver raises when a server dies between two messages of one statement.
    if isinstance(error, OSError | PoolTimeout | TimeoutError | InternalClientError):
        return True
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or is_outage(error.orig or ValueError())
    sqlstate = getattr(error, "sqlstate", None)
    if sqlstate is not None:
        return str(sqlstate).startswith((*_PASSING, _LOCK_NOT_AVAILABLE))
    return error.__cause__ is not None and error is not error.__cause__ and is_outage(error.__cause__)


def is_outage_in_use(error: BaseException) -> bool:
    """The same for an error that a handler raised: it held a connection, so a bare OSError is not the database's.

    Neither is a statement that ran out of time: tried again for ever, it would hold up every other event.
    """
    return (
        isinstance(error, DBAPIError) and is_outage(error) and getattr(error.orig, "sqlstate", None) != _QUERY_CANCELED
    )
