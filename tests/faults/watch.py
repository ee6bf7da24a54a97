"""What is still on its way, seen from outside: in each database, at the broker; and who is ready."""

import asyncio
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError

LOOK_SECONDS = 0.25
PATIENCE_SECONDS = 3
OLD_SECONDS = 1.0
"""While calls come in something is always on its way; what is older than this is late."""

ALL = {"assignments.assignment.v1", "assignments.client.v1", "assignments.clinician.v1", "assignments.facility.v1"}
SUBSCRIBED: Mapping[str, frozenset[str]] = {
    "credentialing": frozenset(ALL),
    "housing": frozenset(ALL),
    "payroll": frozenset(ALL),
    "timekeeping": frozenset({*ALL, "credentialing.clearance.v1"}),
    "assignments": frozenset(
        {
            "credentialing.workstream.v1",
            "housing.workstream.v1",
            "payroll.workstream.v1",
            "timekeeping.workstream.v1",
            "credentialing.clearance.v1",
            "timekeeping.shift.v1",
        }
    ),
}
"""Who reads which topic: written by hand from docs/events.md, as somebody outside would."""

PARTITIONS = 3
_WAITING = """
    SELECT (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS unpublished,
           (SELECT count(*) FROM outbox WHERE published_at IS NULL AND recorded_at < now() - $1::interval) AS late,
           count(*) FILTER (WHERE reason IN ('gap', 'unavailable')) AS parked,
           count(*) FILTER (WHERE reason IN ('gap', 'unavailable') AND parked_at < now() - $1::interval) AS stuck
    FROM parked_event WHERE settled_at IS NULL AND NOT (key = ANY($2::text[]))
"""

Offsets = dict[tuple[str, str, int], int]
"""How far each service has read each partition, or how far it reaches."""

CUT = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What a connection raises whose server dies, the last in the midst of a statement."""
PASSING = (OSError, TimeoutError, KafkaError, httpx.HTTPError, *CUT)


@dataclass(slots=True)
class Sight:
    """What one look found. `silent` names what did not answer."""

    silent: list[str] = field(default_factory=list)
    counts: dict[str, Mapping[str, int]] = field(default_factory=dict)
    ends: Offsets = field(default_factory=dict)
    read: Offsets = field(default_factory=dict)

    def left(self) -> list[str]:
        """Everything that is not done yet, in words."""
        found = [f"{name} does not answer" for name in self.silent]
        for service, counts in self.counts.items():
            found += [f"{service}: {counts[what]} {what}" for what in ("unpublished", "parked") if counts[what]]
        unread: dict[str, int] = {}
        for place, end in self.ends.items():
            unread[place[0]] = unread.get(place[0], 0) + max(0, end - self.read.get(place, 0))
        return found + [f"{service}: {count} unread" for service, count in unread.items() if count]

    def is_late(self, ends_before: Offsets) -> bool:
        """Whether something waits that was there a second ago already."""
        if self.silent or any(counts["late"] or counts["stuck"] for counts in self.counts.values()):
            return True
        return any(end > self.read.get(place, 0) for place, end in ends_before.items())


class Watch:
    """Looks at a running system."""

    def __init__(self, *, urls: dict[str, str], databases: dict[str, str], bootstrap_servers: str) -> None:
        self._urls = urls
        self._databases = databases
        self._bootstrap_servers = bootstrap_servers
        self._connections: dict[str, Any] = {}
        self._admin: Any = None
        self._consumer: Any = None
        self._http = httpx.AsyncClient(trust_env=False, timeout=PATIENCE_SECONDS)
        self._watching: asyncio.Task[None] | None = None
        self._looking = asyncio.Lock()
        self._ends: deque[tuple[float, Offsets]] = deque()
        self.late_at = 0.0
        self.spared: list[str] = []
        """Keys that are expected to stay parked: poison."""

    async def look(self) -> Sight:
        """What is on its way now. Never raises: what does not answer is named."""
        sight = Sight()
        async with self._looking:  # the connections serve one look at a time
            looks = [self._ask(service, sight) for service in self._urls]
            looks += [self._count(service, sight) for service in self._databases]
            await asyncio.gather(*looks, self._ask_broker(sight))
        return sight

    async def until_quiet(self, *, within_seconds: float) -> list[str]:
        """Waits until nothing is on its way, twice in a row; what is left when that takes too long."""
        end, quiet = time.monotonic() + within_seconds, 0
        while True:
            left = (await self.look()).left()
            quiet = 0 if left else quiet + 1
            if quiet == 2 or time.monotonic() > end:
                return left
            await asyncio.sleep(LOOK_SECONDS)

    def begin(self) -> None:
        """Looks again and again, and remembers when something was late last."""
        self.late_at = 0.0
        self._ends.clear()
        self._watching = asyncio.create_task(self._keep_looking())

    async def end(self) -> float:
        """When something was late last (monotonic), 0 when nothing was."""
        if self._watching:
            self._watching.cancel()
            with suppress(asyncio.CancelledError):
                await self._watching
        return self.late_at

    async def close(self) -> None:
        """Lets go of every connection."""
        await self.end()
        for connection in self._connections.values():
            connection.terminate()
        await self._drop_broker()
        await self._http.aclose()

    async def _keep_looking(self) -> None:
        while True:
            sight = await self.look()
            now = time.monotonic()
            self._ends.append((now, sight.ends))
            while len(self._ends) > 1 and self._ends[1][0] < now - OLD_SECONDS:
                self._ends.popleft()
            if sight.is_late(self._ends[0][1] if now - self._ends[0][0] > OLD_SECONDS else {}):
                self.late_at = now
            await asyncio.sleep(LOOK_SECONDS)

    async def _ask(self, service: str, sight: Sight) -> None:
        try:
            answer = await self._http.get(f"{self._urls[service]}/readyz")
            if not answer.is_success:
                sight.silent.append(service)
        except PASSING:
            sight.silent.append(service)

    async def _count(self, service: str, sight: Sight) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                if service not in self._connections:
                    self._connections[service] = await asyncpg.connect(self._databases[service])
                (row,) = await self._connections[service].fetch(_WAITING, timedelta(seconds=OLD_SECONDS), self.spared)
            sight.counts[service] = dict(row)
        except PASSING:
            sight.silent.append(f"postgres-{service}")
            if connection := self._connections.pop(service, None):
                connection.terminate()

    async def _ask_broker(self, sight: Sight) -> None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self._read_offsets(sight)
        except PASSING:
            sight.silent.append("kafka")
            await self._drop_broker()

    async def _read_offsets(self, sight: Sight) -> None:
        if self._consumer is None:
            self._consumer = AIOKafkaConsumer(bootstrap_servers=self._bootstrap_servers)
            await self._consumer.start()
            self._admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap_servers)
            await self._admin.start()
        topics = sorted(frozenset().union(*SUBSCRIBED.values()))
        partitions = [TopicPartition(topic, number) for topic in topics for number in range(PARTITIONS)]
        ends = await self._consumer.end_offsets(partitions)
        committed = await asyncio.gather(*(self._admin.list_consumer_group_offsets(group) for group in SUBSCRIBED))
        for service, offsets in zip(SUBSCRIBED, committed, strict=True):
            for place, end in ends.items():
                if place.topic in SUBSCRIBED[service]:
                    sight.ends[service, place.topic, place.partition] = end
                    read = offsets[place].offset if place in offsets else 0
                    sight.read[service, place.topic, place.partition] = max(0, read)

    async def _drop_broker(self) -> None:
        for client in (self._consumer, self._admin):
            if client:
                with suppress(*PASSING, asyncio.CancelledError):
                    async with asyncio.timeout(PATIENCE_SECONDS):
                        await (client.stop() if client is self._consumer else client.close())
        self._consumer = self._admin = None
