"""The servers that a measurement runs on: PostgreSQL that waits for the disk, and Kafka with the catalogue's topics."""

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import asyncpg

from firstshift.child import Program
from firstshift.home import Home
from firstshift.kafka import kafka_program
from firstshift.kafka_jars import cache_folder, fetch_jars
from firstshift.ports import give_port
from firstshift.topics import WantedTopic, catalogue_topics, ensure_topics
from shared.db.migrate import migrate
from shared.testing.postgres import postgres_server

START_SECONDS = 60


def plain(url: str) -> str:
    """The same database for asyncpg by itself."""
    return url.replace("+asyncpg", "")


@contextmanager
def databases(*services: str) -> Iterator[dict[str, str]]:
    """A migrated database for each service, on one server that waits for the disk at every commit."""
    with postgres_server(is_durable=True) as server:
        asyncio.run(_make_databases(plain(server), services))
        urls = {service: f"{server}/{service}" for service in services}
        for service, url in urls.items():
            migrate(url, service)
        yield urls


@contextmanager
def kafka(home: Home, *more_topics: str) -> Iterator[str]:
    """A broker with the topics of the catalogue and these; yields its address."""
    give_port(home, "kafka", 0)
    give_port(home, "kafka-controller", 0)
    fetch_jars(cache_folder())
    program = kafka_program(home)
    with (home.logs / "kafka.log").open("wb") as log:
        process = subprocess.Popen(program.command, stdout=log, stderr=log)
    try:
        deadline = monotonic() + START_SECONDS
        while not asyncio.run(_ask(program)):
            assert process.poll() is None and monotonic() < deadline, "Kafka did not start"
        address = f"127.0.0.1:{program.port}"
        extra = [WantedTopic(name=name, partitions=3, config={}) for name in more_topics]
        asyncio.run(ensure_topics(address, [*catalogue_topics(), *extra]))
        yield address
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def own_home() -> Iterator[Home]:
    """A data folder of its own, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-bench-"))
    folder.chmod(0o711)
    home = Home(folder / "data")
    home.prepare()
    try:
        yield home
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _ask(program: Program) -> bool:
    await asyncio.sleep(0.1)
    return await program.is_ready()


async def _make_databases(server: str, services: Iterable[str]) -> None:
    connection = await asyncpg.connect(f"{server}/postgres")
    for service in services:
        await connection.execute(f'CREATE DATABASE "{service}"')
    await connection.close()
