"""Brings a service's database up to date: first the mechanism's tables, then the service's own.

Both are Alembic lineages that ship in their wheels. A statement that waits over 4 s for a lock gives up, so that a
migration never queues live traffic behind it; two processes never migrate one database at once.
"""

import asyncio
from collections.abc import Sequence

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

LOCK_CLASS = 0x4D16  # any number, the same in every process that migrates
_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE UPDATE, DELETE ON audit_entry, audit_seal, private_reveal FROM {role}",
    "REVOKE UPDATE ON audit_unsealed FROM {role}",
    "REVOKE TRUNCATE ON ALL TABLES IN SCHEMA public FROM {role}",
)
"""What a service's own role may do: rows, but no tables, and of the audit only what adds to it."""

_TIMEOUTS = text("SELECT set_config('lock_timeout', '4s', false), set_config('statement_timeout', '60s', false)")
MECHANISM = "shared:migrations"


def migrate(url: str, service: str | None, *, owner_url: str = "") -> None:
    """Upgrades the database to the newest revision of the mechanism and, if one is named, of the service.

    `owner_url`: the same database by the role that owns its tables; the role of `url` then gets rights on rows alone.
    """
    lineages = (MECHANISM, f"{service}:migrations") if service else (MECHANISM,)
    asyncio.run(_migrate(owner_url or url, lineages, role=make_url(url).username if owner_url else None))


async def _migrate(url: str, lineages: Sequence[str], *, role: str | None) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SELECT pg_advisory_lock(:class, 0)"), {"class": LOCK_CLASS})
            await connection.execute(_TIMEOUTS)
            await connection.commit()
            for lineage in lineages:
                await connection.run_sync(_upgrade, lineage)
                await connection.commit()
            for grant in _grants(lineages) if role else ():
                await connection.execute(text(grant.format(role=f'"{role}"')))
            await connection.commit()
    finally:
        await engine.dispose()


def _grants(lineages: Sequence[str]) -> Sequence[str]:
    versions = [f"{lineage.partition(':')[0].replace('shared', 'mechanism')}_version" for lineage in lineages]
    return (*_GRANTS, f"REVOKE INSERT, UPDATE, DELETE ON {', '.join(versions)} FROM {{role}}")


def _upgrade(connection: Connection, lineage: str) -> None:
    config = Config()
    config.set_main_option("script_location", lineage)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def run_environment(metadata: MetaData, *, lineage: str) -> None:
    """The whole of a `migrations/env.py`: runs the lineage's revisions, noted in `<lineage>_version`.

    With `alembic -x url=…` (from a developer's shell) it connects by itself; otherwise to the connection it was given.
    """
    connection: Connection | None = context.config.attributes.get("connection")
    if connection is None:
        asyncio.run(_run_alone(metadata, lineage))
    else:
        _run(connection, metadata, lineage)


async def _run_alone(metadata: MetaData, lineage: str) -> None:
    engine = create_async_engine(context.get_x_argument(as_dictionary=True)["url"], poolclass=NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(_run, metadata, lineage)
        await connection.commit()
    await engine.dispose()


def _run(connection: Connection, metadata: MetaData, lineage: str) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table=f"{lineage}_version",
        include_name=lambda name, kind, _: kind != "table" or name in metadata.tables,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
