"""The servers behind the services, as their operator has them: everything they hold, and a way to write into it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from firstshift.ports import LOOPBACK
from firstshift.postgres import SUPERUSER
from tests.system import System

_DATABASES = "SELECT datname FROM pg_database WHERE datallowconn"
_TABLES = """
    SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""


@asynccontextmanager
async def database(system: System, name: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection that may do anything."""
    port = system.parts["postgres"]["port"]
    password = system.home.secret(SUPERUSER)
    connection = await asyncpg.connect(host=LOOPBACK, port=port, user=SUPERUSER, password=password, database=name)
    try:
        yield connection
    finally:
        await connection.close()


async def dump(system: System, folder: Path) -> int:
    """Every row of every table of every database as text, a file a database, after a checkpoint; how many rows."""
    count = 0
    async with database(system, SUPERUSER) as connection:
        await connection.execute("CHECKPOINT")
        names = [row["datname"] for row in await connection.fetch(_DATABASES)]
    for name in names:
        async with database(system, name) as connection:
            with (folder / f"{name}.rows").open("w") as file:
                for table in await connection.fetch(_TABLES):
                    rows = await connection.fetch(f"SELECT CAST(t AS text) AS row FROM {table[0]} t")
                    file.writelines(f"{row['row']}\n" for row in rows)
                    count += len(rows)
    return count


async def say(system: System, topic: str, *, text: bytes) -> None:
    """One message on a topic of its own, that no service reads."""
    servers = f"{LOOPBACK}:{system.parts['kafka']['port']}"
    admin = AIOKafkaAdminClient(bootstrap_servers=servers)
    producer = AIOKafkaProducer(bootstrap_servers=servers)
    try:
        await admin.start()
        await admin.create_topics([NewTopic(topic, 1, 1)])
        await producer.start()
        await asyncio.wait_for(producer.send_and_wait(topic, text), timeout=30)
    finally:
        await producer.stop()
        await admin.close()
