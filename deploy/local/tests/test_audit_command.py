"""`firstshift audit verify` on the whole running system: sound as it was written, and a changed row is named."""

import asyncio
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest

from firstshift.home import Home
from firstshift.postgres import SUPERUSER
from tests.system import System, eventually, running_system

pytestmark = pytest.mark.system
READS = 3


@pytest.fixture(scope="module")
def system() -> Iterator[System]:
    with running_system("--test-mode") as system:
        yield system


async def as_superuser(system: System, service: str, statement: str) -> str:
    """What an intruder with every right on the database may do."""
    home: Home = system.home
    connection = await asyncpg.connect(
        host="127.0.0.1",
        port=system.parts["postgres"]["port"],
        user=SUPERUSER,
        password=home.secret(SUPERUSER),
        database=service,
    )
    try:
        return str(await connection.execute(statement))
    finally:
        await connection.close()


async def test_a_changed_row_is_named_and_fails_the_command(system: System) -> None:
    """INVARIANT: what was written into the audit cannot be changed unseen.

    What breaks it: a seal that leaves a column out, a check that stops at the first service, a command that always
    ends with 0.
    """
    auditor = system.caller("auditor")
    for _ in range(READS):
        assert (await auditor.get("housing", "/v1/audit-entries")).status_code == 200

    async def sealed() -> Any:
        return (await system.rows("housing", "SELECT count(*) FROM audit_seal"))[0][0]

    await eventually(sealed, lambda found: found >= READS)
    sound = await asyncio.to_thread(system.command, "audit", "verify")
    assert sound.returncode == 0, sound.stdout + sound.stderr
    lines = {line.split()[0]: line for line in sound.stdout.splitlines()}
    assert sorted(lines) == sorted(name for name in system.parts if name not in ("postgres", "kafka", "sources"))

    assert await as_superuser(
        system,
        "housing",
        "UPDATE audit_entry SET actor = 'per_nobody' WHERE id = (SELECT entry_id FROM audit_seal WHERE position = 2)",
    ) == ("UPDATE 1")
    broken = await asyncio.to_thread(system.command, "audit", "verify")
    assert broken.returncode == 1
    after = {line.split()[0]: line for line in broken.stdout.splitlines()}
    assert [name for name in lines if after[name] != lines[name]] == ["housing"]
    assert "2" in after["housing"]
