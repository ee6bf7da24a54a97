"""A broker in memory that fails as Kafka does: what was sent is there, is not, is there although nobody said so, or
comes late; it may be out of order or there twice where the world asks for that.
"""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from shared.messaging.broker import BrokerUnavailable, OnRevoke, Outgoing, Place, Record
from tests.simulation.group import Group, Member
from tests.simulation.world import NOT_MARKED, Machine, World

PARTITIONS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A record as it reached the broker, before anything happened to it there."""

    topic: str
    key: str
    version: int
    id: str


class Cluster:
    """The logs, and what stands in them; shared by all machines of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.is_away = False
        self.on_the_way = 0
        """Records that were taken and will stand in a log later."""
        self.logs: dict[Place, list[Record]] = defaultdict(list)
        self.arrivals: list[Arrival] = []
        self.groups: dict[str, Group] = {}

    def check(self) -> None:
        """Raises BrokerUnavailable while the broker is away."""
        if self.is_away:
            raise BrokerUnavailable("away")

    def go_away(self) -> None:
        """Nobody is answered."""
        self.world.note("broker goes away")
        self.is_away = True

    def come_back(self) -> None:
        """Answers again, and still has everything."""
        self.world.note("broker is back")
        self.is_away = False

    def receive(self, place: Place, records: Sequence[Outgoing]) -> None:
        """Takes records in; here they may be delayed, which puts them out of order, or doubled."""
        for outgoing in records:
            headers = {name: value.decode() for name, value in outgoing.headers}
            version = int(headers["ce_aggregateversion"])
            arrival = Arrival(topic=place.topic, key=headers["ce_subject"], version=version, id=headers["ce_id"])
            self.arrivals.append(arrival)
            self.world.note("broker", "takes", arrival.key, f"v{version}")
            if self.world.risks(self.world.dangers.record_is_late):
                self._later(place, outgoing)
            else:
                self._append(place, outgoing)
            if self.world.risks(self.world.dangers.record_comes_twice):
                self._later(place, outgoing)

    def end_of(self, place: Place) -> int:
        """How many records stand there."""
        return len(self.logs[place])

    def _later(self, place: Place, outgoing: Outgoing) -> None:
        def arrive() -> None:
            self.on_the_way -= 1
            self._append(place, outgoing)

        self.on_the_way += 1
        asyncio.get_running_loop().call_later(self.world.chance.random() * 3, arrive)

    def _append(self, place: Place, outgoing: Outgoing) -> None:
        log = self.logs[place]
        log.append(
            Record(
                topic=place.topic,
                partition=place.partition,
                offset=len(log),
                key=outgoing.key,
                value=outgoing.value,
                headers=outgoing.headers,
            )
        )
        for group in self.groups.values():
            group.wake(place)


class SimulatedBroker:
    """The cluster as one machine reaches it."""

    def __init__(self, cluster: Cluster, machine: Machine) -> None:
        self.cluster = cluster
        self.machine = machine

    async def producer(self) -> "SimulatedProducer":
        """Raises BrokerUnavailable."""
        await self.machine.ask(self.cluster.check)
        return SimulatedProducer(self)

    async def subscribe(self, *, group: str, topics: Sequence[str], instance: str, on_revoke: OnRevoke) -> Member:
        """Raises BrokerUnavailable."""
        await self.machine.ask(self.cluster.check)
        places = [Place(topic, partition) for topic in topics for partition in range(PARTITIONS)]
        joined = self.cluster.groups.setdefault(group, Group(self.cluster, self.machine.world, places))
        member = Member(joined, self.machine, instance=instance, on_revoke=on_revoke)
        await joined.join(member)
        self.machine.check()
        return member


class SimulatedProducer:
    """Sends the records of a partition in order; of no use after its first error."""

    def __init__(self, broker: SimulatedBroker) -> None:
        self.cluster = broker.cluster
        self.machine = broker.machine
        self.world = broker.machine.world
        self.is_fenced = False
        self.is_closed = False

    async def send(self, records: Sequence[Outgoing]) -> None:
        """Raises BrokerUnavailable when not everything is acknowledged."""
        self.machine.check()
        if self.is_fenced or self.is_closed:
            await self.world.travel()
            raise BrokerUnavailable("out of sequence")
        try:
            self.cluster.check()
            await self._send(records)
        except BrokerUnavailable:
            self.is_fenced = True
            raise
        self.machine.check()
        self.machine.reach(NOT_MARKED)

    async def close(self) -> None:
        """What is on its way still arrives."""
        self.is_closed = True

    async def _send(self, records: Sequence[Outgoing]) -> None:
        will_fail = self.world.risks(self.world.dangers.send_fails)
        batches: dict[Place, list[Outgoing]] = defaultdict(list)
        for record in records:
            batches[Place(record.topic, crc32(record.key or b"") % PARTITIONS)].append(record)
        carried = [
            asyncio.get_running_loop().create_task(self._carry(place, self._what_arrives(batch, will_fail)))
            for place, batch in batches.items()
        ]
        if will_fail:
            await asyncio.sleep(self.world.chance.random() * 4)
            raise BrokerUnavailable("no acknowledgement")
        if not all(await asyncio.gather(*map(asyncio.shield, carried))):
            raise BrokerUnavailable("no acknowledgement")
        await self.world.travel()

    def _what_arrives(self, batch: Sequence[Outgoing], will_fail: bool) -> Sequence[Outgoing]:
        return batch[: int(self.world.chance.random() * (len(batch) + 1))] if will_fail else batch

    async def _carry(self, place: Place, batch: Sequence[Outgoing]) -> bool:
        """Whether the broker took it; what a producer has sent arrives also when it is dead by then."""
        is_slow = self.world.risks(self.world.dangers.send_is_slow)
        await (asyncio.sleep(self.world.chance.random() * 6) if is_slow else self.world.travel())
        if self.cluster.is_away:
            return False
        if batch and (self.is_closed or self.machine.is_dead):
            self.world.seen["records of a dead or given up producer arrived late"] += 1
        self.cluster.receive(place, batch)
        return True
