"""The embedded PostgreSQL."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import asyncpg
import pytest

from firstshift.child import Child
from firstshift.home import Home
from firstshift.narration import Narration
from firstshift.ports import give_port
from firstshift.postgres import clear_leftovers, ensure_databases, owner_url, postgres_program


@pytest.fixture
async def postgres(home: Home, narration: Narration) -> AsyncIterator[Child]:
    give_port(home, "postgres", 0)
    child = Child(postgres_program(home), narration.part("postgres"))
    child.start()
    await child.until_ready()
    yield child
    await child.stop()


async def connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url.replace("+asyncpg", ""))


async def test_a_server_ended_by_force_comes_back_with_its_data(home: Home, postgres: Child) -> None:
    port = postgres.program.port
    urls = await ensure_databases(home, port, ["payroll"])
    before = await connect(owner_url(home, port, "payroll"))
    await before.execute(
        "CREATE EXTENSION btree_gist; CREATE TABLE kept AS SELECT 42 AS answer; GRANT SELECT ON kept TO payroll"
    )
    assert postgres.pid

    os.kill(postgres.pid, signal.SIGKILL)
    before.terminate()
    while not postgres.deaths:
        await asyncio.sleep(0.01)
    await postgres.until_ready()

    after = await connect(urls["payroll"])
    assert await after.fetchval("SELECT answer FROM kept") == 42
    assert postgres.deaths == 1
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await after.execute("CREATE TABLE mine (x int)")
    await after.close()


async def test_a_database_whose_tables_the_service_owned_gets_an_owner_for_them(home: Home, postgres: Child) -> None:
    port = postgres.program.port
    urls = await ensure_databases(home, port, ["payroll"])
    admin = await connect(
        urls["payroll"].replace(f"payroll:{home.secret('payroll')}", f"postgres:{home.secret('postgres')}")
    )
    await admin.execute(
        "ALTER DATABASE payroll OWNER TO payroll; CREATE TABLE old (); ALTER TABLE old OWNER TO payroll"
    )

    await ensure_databases(home, port, ["payroll"])

    assert await admin.fetchval("SELECT tableowner FROM pg_tables WHERE tablename = 'old'") == "payroll_owner"
    await admin.close()


async def test_a_service_enters_its_own_database_only_and_only_with_its_password(home: Home, postgres: Child) -> None:
    urls = await ensure_databases(home, postgres.program.port, ["payroll", "housing"])

    own = await connect(urls["payroll"])
    assert await own.fetchval("SELECT current_user") == "payroll"
    assert await own.fetchval("SHOW max_connections") == "300"
    await own.close()
    for other in ("housing", "postgres"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connect(urls["payroll"].removesuffix("payroll") + other)
    with pytest.raises(asyncpg.InvalidPasswordError):
        await connect(urls["payroll"].replace(home.secret("payroll"), "guessed"))


async def test_asking_for_the_databases_again_changes_nothing(home: Home, postgres: Child) -> None:
    first = await ensure_databases(home, postgres.program.port, ["payroll"])

    assert await ensure_databases(home, postgres.program.port, ["payroll"]) == first


def test_a_note_that_names_a_strangers_process_is_forgotten_and_the_stranger_left_alone(home: Home) -> None:
    home.postgres.mkdir()
    note = home.postgres / "postmaster.pid"
    note.write_text(f"{os.getpid()}\n{home.postgres}\n")

    clear_leftovers(home.postgres)

    assert not note.exists()
