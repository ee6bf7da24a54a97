"""Fault of a release: a new revision goes up and down on a service's busiest tables while calls come in (F13)."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from shared.db.migrate import migrate
from tests.faults.agency import SERVICES
from tests.faults.stage import LOOK_SECONDS, Stage

LINEAGE = "tests.faults.addition"
ATTEMPTS = 10
LONGEST_WAIT_SECONDS = 2.0

_LONGEST_WAIT = "SELECT coalesce(extract(epoch FROM max(now() - waitstart)), 0)::float FROM pg_locks WHERE NOT granted"
_TIMEOUT = text("SELECT set_config('lock_timeout', '1500ms', false)")


async def move_schema(stage: Stage) -> str:
    """F13: up by the services' own command, down again; nobody may wait long for a lock, no call may fail for it."""
    service = stage.random.choice(SERVICES)
    url = stage.agency.owners()[service]
    waits: list[float] = [0.0]
    watching = asyncio.create_task(_watch_locks(stage.agency.places.databases[service], waits))
    try:
        up = await _until_done(lambda: asyncio.to_thread(migrate, url, LINEAGE))
        await asyncio.sleep(stage.scale.after_seconds)
        down = await _until_done(lambda: _downgrade(url))
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    longest = max(waits)
    if longest > LONGEST_WAIT_SECONDS:
        stage.findings.append(f"somebody waited {longest:.1f} s for a lock of {service}")
    stage.windows["schema moved up and down"] += 1
    return f"{service}: a revision up (attempt {up}) and down (attempt {down}); longest wait for a lock {longest:.1f} s"


async def _until_done(move: Callable[[], Awaitable[None]]) -> int:
    """Tries again, as an operator would, when a lock could not be had in time; the number of attempts."""
    for attempt in range(1, ATTEMPTS):
        try:
            await move()
        except DBAPIError:
            continue
        return attempt
    await move()
    return ATTEMPTS


async def _downgrade(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(_TIMEOUT)
            await connection.commit()
            await connection.run_sync(_to_base)
            await connection.commit()
    finally:
        await engine.dispose()


def _to_base(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", f"{LINEAGE}:migrations")
    config.attributes["connection"] = connection
    command.downgrade(config, "base")


async def _watch_locks(url: str, waits: list[float]) -> None:
    """Notes the longest time for which anybody waits for a lock."""
    connection: Any = await asyncpg.connect(url)
    try:
        while True:
            waits.append(await connection.fetchval(_LONGEST_WAIT))
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        connection.terminate()
