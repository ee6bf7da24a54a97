"""What is tried again later, and what is wrong by itself."""

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from shared.db.outages import is_outage, is_outage_in_use

PASSING = (
    asyncpg.InternalClientError("cannot switch to state 12; another operation (2) is in progress"),
    asyncpg.CannotConnectNowError("the database system is starting up"),
    asyncpg.DeadlockDetectedError("deadlock detected"),
    ConnectionResetError("connection reset by peer"),
)


@pytest.mark.parametrize("error", PASSING, ids=lambda one: type(one).__name__)
def test_a_server_that_dies_or_is_busy_is_an_outage_for_whoever_used_it(error: Exception) -> None:
    said = DBAPIError("SELECT 1", None, error)
    assert is_outage(said) and is_outage_in_use(said)


def test_a_statement_that_is_wrong_is_none() -> None:
    said = DBAPIError("SELEC 1", None, asyncpg.PostgresSyntaxError("syntax error"))
    assert not is_outage(said) and not is_outage_in_use(said)
