"""The connection pool of one service."""

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine


def make_engine(url: str, *, application_name: str, pool_size: int = 4, max_overflow: int = 2) -> AsyncEngine:
    """A pool of 4 + 2 connections unless said otherwise.

    A statement is ended after 15 s and an idle transaction after 60 s, so that nothing holds locks for ever.
    """
    return create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=max_overflow,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged; values are not
        pool_timeout=5,
        connect_args={
            "timeout": 5,
            "server_settings": {
                "application_name": application_name,
                "statement_timeout": "15000",
                "idle_in_transaction_session_timeout": "60000",
            },
        },
    )
