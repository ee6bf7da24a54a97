"""A consumer group as Kafka has it: members share the partitions out anew whenever one comes, goes or falls silent."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from shared.messaging.broker import BrokerUnavailable, NoLongerOurs, OnRevoke, Place, Record
from tests.simulation.world import DELIVERING, IDLE, Machine, World

if TYPE_CHECKING:
    from tests.simulation.broker import Cluster

SESSION_SECONDS = 4
REBALANCE_SECONDS = 15
"""How long a member may take to finish what it has in hand, before the others go on without it."""


class Group:
    """Who is a member, who holds what, and where the group goes on."""

    def __init__(self, cluster: "Cluster", world: World, places: Sequence[Place]) -> None:
        self.cluster = cluster
        self.world = world
        self.places = tuple(places)
        self.offsets: dict[Place, int] = {}
        self.members: list[Member] = []
        self.lock = asyncio.Lock()

    async def join(self, member: "Member") -> None:
        """Takes a member in, in the place of one of the same instance, and shares out anew."""
        await asyncio.shield(self.world.in_background(self.rebalance(joins=member)))

    async def rebalance(self, *, leaves: "Member | None" = None, joins: "Member | None" = None) -> None:
        """Lets everybody finish, then shares the partitions out anew, from what is committed."""
        async with self.lock:
            before = list(self.members)
            if any(member.has_in_hand for member in before):
                self.world.seen["rebalance during a batch"] += 1
            for member in before:
                member.is_suspended = True
            waiting = [asyncio.ensure_future(member.on_revoke()) for member in before if not member.is_gone]
            if waiting:
                await asyncio.wait(waiting, timeout=REBALANCE_SECONDS)
            for late in waiting:
                late.cancel()
            for member in before:
                member.held = {}
                member.is_suspended = False
            self.members = [member for member in self.members if member is not leaves]
            if joins:
                self.members = [member for member in self.members if member.instance != joins.instance] + [joins]
                joins.tell_when_gone()
            self._share_out()
            self.world.note("group", "holds", *(f"{m.machine.name}:{len(m.held)}" for m in self.members))

    async def miss(self, member: "Member") -> None:
        """Goes on without a member that has fallen silent for a while."""
        await asyncio.sleep(SESSION_SECONDS * self.world.chance.random())
        if member in self.members:
            await self.rebalance(leaves=member)

    def wake(self, place: Place) -> None:
        """Something was appended here."""
        for member in self.members:
            if place in member.held:
                member.arrival.set()

    def _share_out(self) -> None:
        for number, place in enumerate(self.places):
            if self.members:
                taker = self.members[number % len(self.members)]
                taker.held[place] = self.offsets.get(place, 0)
                taker.arrival.set()


class Member:
    """One member: the partitions it holds, with the offset to be read next."""

    def __init__(self, group: Group, machine: Machine, *, instance: str, on_revoke: OnRevoke) -> None:
        self.group = group
        self.machine = machine
        self.world = machine.world
        self.instance = instance
        self.on_revoke = on_revoke
        self.held: dict[Place, int] = {}
        self.arrival = asyncio.Event()
        self.is_suspended = False
        self.is_closed = False
        self.has_in_hand = False
        self.is_missed = False
        machine.on_death.append(self.tell_when_gone)

    @property
    def is_gone(self) -> bool:
        """Whether nobody is there any more to be asked."""
        return self.is_closed or self.machine.is_dead

    def tell_when_gone(self) -> None:
        """Has the group find out, in a while, that nobody is here any more."""
        if self.is_gone and self in self.group.members and not self.is_missed:
            self.is_missed = True
            self.world.in_background(self.group.miss(self))

    async def fetch(self, *, limit: int, wait_ms: int) -> Sequence[Record]:
        """The next records of what is held. Raises BrokerUnavailable."""
        records = await self.machine.ask(lambda: self._take(limit))
        if not records:
            try:
                async with asyncio.timeout(wait_ms / 1000):
                    await self.arrival.wait()
            except TimeoutError:
                pass
            records = await self.machine.ask(lambda: self._take(limit))
        return records

    async def commit(self, next_offsets: Mapping[Place, int]) -> None:
        """Raises NoLongerOurs, BrokerUnavailable."""

        def store() -> None:
            self._check()
            if any(place not in self.held for place in next_offsets):
                raise NoLongerOurs("the group rebalanced")
            self.group.offsets.update(next_offsets)
            self.has_in_hand = False
            self.machine.reach(IDLE)
            self.world.note(self.machine.name, "commits offsets", *next_offsets.values())
            self._may_fail()

        await self.machine.ask(store)

    async def lag(self) -> Mapping[Place, int]:
        """Raises BrokerUnavailable."""
        await self.machine.ask(self._check)
        return {place: self.group.cluster.end_of(place) - offset for place, offset in self.held.items()}

    async def close(self) -> None:
        """Falls silent; the others find out."""
        self.is_closed = True
        self.tell_when_gone()

    def _take(self, limit: int) -> list[Record]:
        self._check()
        self.arrival.clear()
        taken: list[Record] = []
        if self.is_suspended:
            return taken
        self.has_in_hand = False
        most = min(limit, self.world.chance.choice((1, 3, 10, limit)))
        for place, offset in self.held.items():
            found = self.group.cluster.logs[place][offset : offset + most - len(taken)]
            self.held[place] = offset + len(found)
            taken += found
        self.has_in_hand = bool(taken)
        if taken:
            self.machine.reach(DELIVERING)
        return taken

    def _check(self) -> None:
        self.group.cluster.check()
        self._may_fail()

    def _may_fail(self) -> None:
        if self.world.risks(self.world.dangers.call_fails):
            raise BrokerUnavailable("no answer")
