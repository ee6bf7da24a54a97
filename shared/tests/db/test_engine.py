"""The pool hands out connections that work, and asks the server nothing to know it."""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.db.engine import make_engine
from shared.testing.statements import noted_statements


async def one(engine: AsyncEngine) -> object:
    async with engine.connect() as connection:
        return await connection.scalar(text("SELECT 1"))


async def test_a_connection_that_its_server_closed_is_replaced(database_url: str, engine: AsyncEngine) -> None:
    pooled = make_engine(database_url, application_name="pooled")
    assert await one(pooled) == 1
    async with engine.connect() as connection:
        ended = await connection.scalars(
            text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = 'pooled'")
        )
        assert list(ended) == [True]
    assert await one(pooled) == 1
    await pooled.dispose()


async def test_taking_a_connection_asks_the_server_nothing(engine: AsyncEngine) -> None:
    await one(engine)
    with noted_statements(engine) as sent:
        await one(engine)
    assert sent == ["SELECT 1"]
