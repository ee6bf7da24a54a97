"""Gathers what the checker looks at: every database (read-only), and every record of the broker from offset 0.

It shares no code with the services: tables and headers are named here as they are documented.
"""

import asyncio
import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

PARTS = {"credentialing": "file", "payroll": "profile", "housing": "housing_case", "timekeeping": "plan"}
PARTITIONS = 3
READ_SECONDS = 120
STATELESS = "tablename NOT LIKE '%_version' AND tablename NOT LIKE 'outbox_%'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A row of an outbox."""

    id: str
    topic: str
    key: str
    version: int
    is_published: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A record of the broker; `id` and `version` are absent where its headers name none."""

    topic: str
    partition: int
    offset: int
    key: str
    id: str | None
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An event that a consumer put aside; `settlement` is None while it waits."""

    service: str
    topic: str
    key: str
    event_id: str | None
    reason: str
    error: str = ""
    settlement: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A department's part of an assignment, or the assignment itself."""

    assignment_id: str
    version: int
    terms_version: int
    state: str = ""
    reference: str = ""
    part_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Light:
    """Where a department stands with an assignment: as it says itself, or as assignments shows it."""

    terms_version: int
    status: str
    done: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that a department needs a person to do."""

    service: str
    assignment_id: str
    key: str
    state: str


@dataclass(slots=True)
class Evidence:
    """Everything the checker judges. `planted` are ids and keys that the faults themselves sent."""

    outbox: dict[str, list[Published]] = field(default_factory=dict)
    records: list[Seen] = field(default_factory=list)
    inbox: dict[str, set[str]] = field(default_factory=dict)
    positions: dict[str, dict[tuple[str, str], int]] = field(default_factory=dict)
    parked: list[Parked] = field(default_factory=list)
    parts: dict[str, list[Part]] = field(default_factory=dict)
    lights: dict[tuple[str, str], Light] = field(default_factory=dict)
    said: dict[tuple[str, str], Light] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    planted: frozenset[str] = frozenset()
    disordered: frozenset[tuple[str, str]] = frozenset()
    """Streams (topic and key) whose records a fault sent in another order."""


class Gatherer:
    """Reads databases anew each time, and of the broker what came since it looked last."""

    def __init__(self, *, databases: dict[str, str], bootstrap_servers: str) -> None:
        self._databases = databases
        self._bootstrap_servers = bootstrap_servers
        self.records: list[Seen] = []
        self._next: dict[Any, int] = defaultdict(int)

    async def gather(self) -> Evidence:
        """All of it, as it is now."""
        evidence = Evidence()
        await asyncio.gather(
            self._read_broker(), *(self._read_database(service, evidence) for service in self._databases)
        )
        evidence.records = self.records
        return evidence

    async def hashes(self) -> dict[str, str]:
        """A hash over every row of every table of each service, whatever their order."""
        return {service: await self._hash(service) for service in self._databases}

    async def _hash(self, service: str) -> str:
        connection = await asyncpg.connect(self._databases[service])
        try:
            tables = await connection.fetch(
                f"SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND {STATELESS} ORDER BY 1"
            )
            total = hashlib.sha256()
            for (table,) in tables:
                rows = await connection.fetch(f'SELECT md5(t::text) AS row FROM "{table}" AS t ORDER BY 1')
                total.update(f"{table}{[row['row'] for row in rows]}".encode())
            return total.hexdigest()
        finally:
            await connection.close()

    async def _read_broker(self) -> None:
        consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap_servers)
        await consumer.start()
        try:
            async with asyncio.timeout(READ_SECONDS):
                await self._read_to_end(consumer)
        finally:
            await consumer.stop()

    async def _read_to_end(self, consumer: Any) -> None:
        topics = sorted(name for name in await consumer.topics() if not name.startswith("_"))
        places = [TopicPartition(topic, number) for topic in topics for number in range(PARTITIONS)]
        consumer.assign(places)
        for place in places:
            consumer.seek(place, self._next[place])
        ends = await consumer.end_offsets(places)
        while any(self._next[place] < end for place, end in ends.items()):
            for place, messages in (await consumer.getmany(timeout_ms=1000, max_records=5000)).items():
                self.records += [_seen(message) for message in messages]
                self._next[place] = messages[-1].offset + 1

    async def _read_database(self, service: str, evidence: Evidence) -> None:
        connection = await asyncpg.connect(self._databases[service])
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                await _read_mechanism(connection, service, evidence)
                await _read_state(connection, service, evidence)
        finally:
            await connection.close()


async def _read_mechanism(connection: Any, service: str, evidence: Evidence) -> None:
    rows = await connection.fetch(
        "SELECT id::text AS id, aggregatetype AS topic, aggregateid AS key, aggregateversion AS version,"
        " published_at IS NOT NULL AS is_published FROM outbox ORDER BY position"
    )
    evidence.outbox[service] = [Published(**dict(row)) for row in rows]
    evidence.inbox[service] = {row["id"] for row in await connection.fetch("SELECT event_id::text AS id FROM inbox")}
    rows = await connection.fetch("SELECT topic, key, version FROM stream_position")
    evidence.positions[service] = {(row["topic"], row["key"]): row["version"] for row in rows}
    rows = await connection.fetch(
        "SELECT topic, key, event_id::text AS event_id, reason, error,"
        " CASE WHEN settled_at IS NOT NULL THEN settlement END AS settlement FROM parked_event"
    )
    evidence.parked += [Parked(service=service, **dict(row)) for row in rows]


async def _read_state(connection: Any, service: str, evidence: Evidence) -> None:
    if service == "assignments":
        await _read_assignments(connection, evidence)
        return
    rows = await connection.fetch(f"SELECT *, '{service}' AS service FROM {PARTS[service]}")
    evidence.parts[service] = [_part(dict(row), part_id=row[0]) for row in rows]
    for row in await connection.fetch("SELECT assignment_id, body FROM workstream"):
        evidence.said[row["assignment_id"], service] = _light(json.loads(row["body"]))
    rows = await connection.fetch("SELECT assignment_id, key, state FROM work_item")
    evidence.items += [Item(service=service, **dict(row)) for row in rows]


async def _read_assignments(connection: Any, evidence: Evidence) -> None:
    rows = await connection.fetch("SELECT * FROM assignment")
    evidence.parts["assignments"] = [_part(dict(row), part_id=row[0]) for row in rows]
    for row in await connection.fetch("SELECT assignment_id, body FROM readiness"):
        body = json.loads(row["body"])
        for light in body["lights"]:
            if not light["is_awaited"]:
                evidence.lights[row["assignment_id"], light["department"]] = _light({**body, **light})


def _part(row: dict[str, Any], *, part_id: str) -> Part:
    body = json.loads(row["body"])
    terms = body["terms_history"][-1]["terms"] if "terms_history" in body else body["terms"]
    return Part(
        assignment_id=row["assignment_id"],
        version=row["version"],
        terms_version=terms["version"],
        state=row.get("state", ""),
        reference=row.get("source_reference", ""),
        part_id=part_id,
    )


def _light(body: dict[str, Any]) -> Light:
    return Light(terms_version=body["terms_version"], status=body["status"], done=body["done"], total=body["total"])


def _seen(message: Any) -> Seen:
    headers = {name: (value or b"").decode(errors="replace") for name, value in message.headers}
    version = headers.get("ce_aggregateversion", "")
    return Seen(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=(message.key or b"").decode(errors="replace"),
        id=headers.get("ce_id"),
        version=int(version) if version.isdigit() else None,
    )
