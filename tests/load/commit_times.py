"""When rows of a running system were committed, to the microsecond, without asking while it works.

PostgreSQL can note the instant of every commit; a row remembers its last transaction. So the databases are asked once,
when everything is over.
"""

import os
import signal
from collections.abc import Mapping

import asyncpg

from firstshift.postgres import SUPERUSER
from tests.system import System, eventually

DEPARTMENTS = ("credentialing", "payroll", "housing", "timekeeping")
FOLDED = 1 + len(DEPARTMENTS)
"""The version of a readiness that knows all four."""


async def note_commit_times(system: System) -> None:
    """Has the system's PostgreSQL note them; it is started anew for that, and all services are waited for."""
    port = system.parts["postgres"]["port"]
    connection = await asyncpg.connect(
        host="127.0.0.1", port=port, user=SUPERUSER, password=system.home.secret(SUPERUSER), database=SUPERUSER
    )
    await connection.execute("ALTER SYSTEM SET track_commit_timestamp = on")
    await connection.close()
    os.kill(system.parts["postgres"]["pid"], signal.SIGINT)

    async def is_noting() -> bool:
        try:
            (row,) = await system.rows("assignments", "SHOW track_commit_timestamp")
        except (OSError, KeyError, asyncpg.PostgresError):  # not up again yet
            return False
        return str(row[0]) == "on"

    await eventually(is_noting, bool, seconds=60)


async def opened(system: System, department: str, ids: list[str]) -> Mapping[str, float]:
    """When the department's first workstream of each assignment was committed, in seconds since 1970."""
    statement = (
        "SELECT assignment_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float AS at FROM workstream"
        " WHERE version = 1 AND assignment_id = ANY($1)"
    )
    return {row["assignment_id"]: row["at"] for row in await system.rows(department, statement, ids)}


async def seen_ready(system: System, ids: list[str]) -> Mapping[str, float]:
    """When the last of the four answers was folded into the readiness of each assignment."""
    statement = (
        "SELECT assignment_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float AS at FROM readiness"
        " WHERE version = $2 AND assignment_id = ANY($1)"
    )
    rows = await system.rows("assignments", statement, ids, FOLDED)
    return {row["assignment_id"]: row["at"] for row in rows}


async def unseen(system: System, ids: list[str]) -> int:
    """How many of these assignments do not know all four answers yet."""
    statement = "SELECT count(*) FROM readiness WHERE version = $2 AND assignment_id = ANY($1)"
    ((known,),) = await system.rows("assignments", statement, ids, FOLDED)
    return len(ids) - int(known)
