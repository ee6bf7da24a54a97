"""The connection pool of one service."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


def make_engine(url: str, *, application_name: str, pool_size: int = 4, max_overflow: int = 2) -> AsyncEngine:
    """A pool of 4 + 2 connections unless said otherwise.

    A statement is ended after 15 s, one that waits for a lock after 10 s, and an idle transaction after 20 s: a process
    that stands still must not hold locks for long. A connection that its server closed is replaced when it is taken
    from the pool, without asking the server. Plans are made once for each statement: ours look rows up by their keys,
    and planning such a statement anew takes longer than running it.
    """
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        hide_parameters=True,  # errors are logged; values are not
        pool_timeout=5,
        connect_args={
            "timeout": 5,
            "server_settings": {
                "application_name": application_name,
                "statement_timeout": "15000",
                "lock_timeout": "10000",
                "plan_cache_mode": "force_generic_plan",
                "jit": "off",
                "idle_in_transaction_session_timeout": "20000",
            },
        },
    )
    event.listen(engine.sync_engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """Raises DisconnectionError, upon which the pool connects anew."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError
