"""A service's own role may change rows and nothing else; of the audit it may only add to the entries."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.audit.anchors import Anchors
from shared.audit.chain import Chain
from shared.audit.sealer import Sealer
from shared.clock import FixedClock
from shared.db.engine import make_engine
from shared.db.migrate import migrate
from shared.db.partitions import ensure_outbox_partitions
from shared.db.work import Works
from shared.principal import Principal

ROLE, OWNER = "housing_rows", "housing_owner"


@pytest.fixture
async def as_service(postgres: str) -> AsyncIterator[AsyncEngine]:
    """An engine of the service's own role, on a database that another role owns and has migrated."""
    admin = create_async_engine(f"{postgres}/postgres", isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        for role in (ROLE, OWNER):
            await connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        await connection.execute(text(f"CREATE DATABASE roles OWNER {OWNER}"))
    owned, own = (f"{postgres.replace('postgres@', f'{role}@')}/roles" for role in (OWNER, ROLE))
    await asyncio.to_thread(migrate, own, "housing", owner_url=owned)
    engine = make_engine(own, application_name="tests")
    yield engine
    await engine.dispose()
    async with admin.connect() as connection:
        await connection.execute(text("DROP DATABASE roles WITH (FORCE)"))
        for role in (ROLE, OWNER):
            await connection.execute(text(f"DROP ROLE {role}"))
    await admin.dispose()


async def refused(engine: AsyncEngine, statement: str) -> bool:
    try:
        async with engine.begin() as connection:
            await connection.execute(text(statement))
    except DBAPIError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


async def test_the_role_works_seals_and_makes_months_but_owns_nothing(as_service: AsyncEngine) -> None:
    works = Works("housing", as_service, FixedClock(datetime(2026, 1, 5, 15, tzinfo=UTC)))
    async with works.begin(Principal(subject="per_anna")) as work:
        work.audit("cases.book", object_id="cas_1")
    assert await Sealer(works, Chain(b"k" * 32), Anchors("", service="housing")).turn() == 1
    async with works.begin(Principal(subject="per_anna")) as work:
        assert await ensure_outbox_partitions(work.session) == 3
        assert await ensure_outbox_partitions(work.session) == 0
    assert not await refused(as_service, "GRANT DELETE ON audit_entry TO housing_rows")  # a warning, and no effect
    for statement in FORBIDDEN:
        assert await refused(as_service, statement), statement


FORBIDDEN = (
    "UPDATE audit_entry SET actor = 'x'",
    "DELETE FROM audit_entry",
    "TRUNCATE audit_entry",
    "UPDATE audit_seal SET seal = ''",
    "DELETE FROM audit_seal",
    "UPDATE audit_unsealed SET entry_id = gen_random_uuid()",
    "UPDATE mechanism_version SET version_num = '0001'",
    "UPDATE housing_version SET version_num = '0001'",
    "CREATE TABLE mine (x int)",
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "DROP TABLE audit_entry",
)


async def test_a_second_migration_leaves_the_rights_as_they_are(
    as_service: AsyncEngine, postgres: str, templates: Callable[[str | None], str]
) -> None:
    owned, own = (f"{postgres.replace('postgres@', f'{role}@')}/roles" for role in (OWNER, ROLE))
    await asyncio.to_thread(migrate, own, "housing", owner_url=owned)
    assert await refused(as_service, "DELETE FROM audit_entry")
    assert not await refused(as_service, "DELETE FROM replica")
