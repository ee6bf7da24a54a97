"""Says of an outage of the database that it is one, where a loop of the portal must outlive it."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import SQLAlchemyError

from shared.db.outages import is_outage
from shared.errors import Unavailable

DRIVER = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


@contextmanager
def named_outages() -> Iterator[None]:
    """Raises Unavailable in place of an error that says that the database is away or busy."""
    try:
        yield
    except (SQLAlchemyError, *DRIVER, OSError) as error:
        if is_outage(error) or isinstance(error, asyncpg.InterfaceError):
            raise Unavailable("the database is away") from error
        raise
