"""A broker in memory for fast tests. It passes the conformance suite that Kafka passes (tests/broker)."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from shared.messaging.broker import BrokerUnavailable, NoLongerOurs, OnRevoke, Outgoing, Place, Record

PARTITIONS = 3


@dataclass(slots=True)
class _Group:
    """The members of a group, what each holds, and where the group goes on."""

    offsets: dict[Place, int] = field(default_factory=dict)
    members: list["MemorySubscription"] = field(default_factory=list)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class MemoryBroker:
    """Topics with three partitions, consumer groups with rebalances, and a switch for outages."""

    def __init__(self) -> None:
        self.logs: dict[Place, list[Record]] = {}
        self.is_away = False
        self._groups: dict[str, _Group] = {}
        self._arrived = asyncio.Condition()

    async def producer(self) -> "MemoryProducer":
        """A producer. Raises BrokerUnavailable while the broker is away."""
        self.check()
        return MemoryProducer(self)

    async def subscribe(
        self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke
    ) -> "MemorySubscription":
        """A member; the group's partitions are shared out anew. Raises BrokerUnavailable while the broker is away."""
        self.check()
        shared = self._groups.setdefault(group, _Group())
        member = MemorySubscription(self, shared, topics=topics, instance=instance, on_revoke=on_revoke)
        async with shared.lock:
            stayed = [other for other in shared.members if other.instance != instance]
            await _share_out(shared, [*stayed, member])
        return member

    def check(self) -> None:
        """Raises BrokerUnavailable while the broker is away."""
        if self.is_away:
            raise BrokerUnavailable("the memory broker is switched off")

    async def append(self, records: Sequence[Outgoing]) -> None:
        """Adds records to the logs and wakes whoever waits."""
        for record in records:
            place = Place(record.topic, crc32(record.key or b"") % PARTITIONS)
            log = self.logs.setdefault(place, [])
            log.append(
                Record(
                    topic=record.topic,
                    partition=place.partition,
                    offset=len(log),
                    key=record.key,
                    value=record.value,
                    headers=record.headers,
                )
            )
        async with self._arrived:
            self._arrived.notify_all()

    async def arrival(self, wait_ms: int) -> None:
        """Returns when something was appended, or after the wait."""
        try:
            async with asyncio.timeout(wait_ms / 1000), self._arrived:
                await self._arrived.wait()
        except TimeoutError:
            pass


class MemoryProducer:
    """Appends at once."""

    def __init__(self, broker: MemoryBroker) -> None:
        self._broker = broker

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Appends all. Raises BrokerUnavailable while the broker is away."""
        self._broker.check()
        await self._broker.append(records)

    async def close(self) -> None:
        """Nothing to let go of."""


class MemorySubscription:
    """A member of a group in memory."""

    def __init__(
        self,
        broker: MemoryBroker,
        group: _Group,
        *,
        topics: Sequence[str],
        instance: str,
        on_revoke: OnRevoke,
    ) -> None:
        self.instance = instance
        self.topics = frozenset(topics)
        self.on_revoke = on_revoke
        self.held: set[Place] = set()
        self.at: dict[Place, int] = {}
        self._broker = broker
        self._group = group

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        """The next records, each partition in order. Raises BrokerUnavailable."""
        self._broker.check()
        records = self._take(limit)
        if not records:
            await self._broker.arrival(wait_ms)
            records = self._take(limit)
        return records

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        """Stores where to go on. Raises NoLongerOurs or BrokerUnavailable."""
        self._broker.check()
        if not self.held.issuperset(next_offsets):
            raise NoLongerOurs("the group rebalanced")
        self._group.offsets.update(next_offsets)

    async def lag(self) -> Mapping[Place, int]:
        """Records not fetched yet, by partition. Raises BrokerUnavailable."""
        self._broker.check()
        return {place: len(self._broker.logs.get(place, ())) - self._position(place) for place in self.held}

    async def close(self) -> None:
        """Leaves; the partitions go to the others."""
        async with self._group.lock:
            if self in self._group.members:
                await _share_out(self._group, [other for other in self._group.members if other is not self])

    def _position(self, place: Place) -> int:
        return self.at.get(place, self._group.offsets.get(place, 0))

    def _take(self, limit: int) -> list[Record]:
        taken: list[Record] = []
        for place in sorted(self.held, key=lambda held: (held.topic, held.partition)):
            start = self._position(place)
            batch = self._broker.logs.get(place, [])[start : start + limit - len(taken)]
            self.at[place] = start + len(batch)
            taken += batch
        return taken


async def _share_out(group: _Group, members: list[MemorySubscription]) -> None:
    """Gives every member its partitions anew; each may finish what it holds first."""
    for member in group.members:
        await member.on_revoke()
        member.held, member.at = set(), {}
    group.members = members
    topics = sorted({topic for member in members for topic in member.topics})
    for number, (topic, partition) in enumerate((t, p) for t in topics for p in range(PARTITIONS)):
        takers = [member for member in members if topic in member.topics]
        takers[number % len(takers)].held.add(Place(topic, partition))
