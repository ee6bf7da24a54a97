"""The mechanism's migrations make the mechanism's tables."""

from sqlalchemy.ext.asyncio import AsyncEngine

import shared.db.tables
import shared.http.idempotency_table
import shared.vault.tables
import shared.workstreams.tables  # noqa: F401  # importing registers the tables
from shared.db.metadata import mechanism
from shared.testing.drift import drift


async def test_migrations_make_the_declared_tables(engine: AsyncEngine) -> None:
    assert await drift(engine, mechanism) == []
