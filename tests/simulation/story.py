"""One seed's story: writers, relays and consumers in a world where things go wrong, until all is quiet again."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from math import inf
from random import Random
from typing import Any

from shared.messaging.relay import Relay
from tests.simulation.aggregates import AGGREGATES
from tests.simulation.broker import Cluster, SimulatedBroker
from tests.simulation.consuming import Consuming
from tests.simulation.database import Database
from tests.simulation.logs import logs_noted
from tests.simulation.loop import Stuck, seeded_loop
from tests.simulation.oracle import breaches
from tests.simulation.publishing import SimulatedOutbox, Writers
from tests.simulation.world import ABOUT_TO_SEND, DELIVERING, NONE, NOT_COMMITTED, NOT_MARKED, Dangers, Machine, World

QUIET_SECONDS = 120
"""How long everything may take to become quiet once nothing goes wrong any more."""

STAGES = {"relay": (ABOUT_TO_SEND, NOT_MARKED), "consumer": (DELIVERING, NOT_COMMITTED)}
"""Where a machine of each kind is killed on purpose."""

RARE = frozenset(
    (
        *(f"killed while {stage}" for stages in STAGES.values() for stage in stages),
        "rebalance during a batch",
        "a gap was parked, then filled",
        "a duplicate is dropped",
        "records of a dead or given up producer arrived late",
        "a commit was not heard of",
        "a failed event was sent again",
    )
)
"""What must come about in some of a thousand seeds: a simulation that never sees its dangers proves nothing."""

Start = Callable[[Machine], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a seed: what was wrong (nothing, one hopes), what happened, what was seen."""

    seed: int
    breaches: tuple[str, ...]
    happened: tuple[str, ...]
    seen: frozenset[str]
    steps: int


def run(seed: int) -> Outcome:
    """Runs the world of a seed from beginning to end."""
    chance = Random(seed)
    loop = seeded_loop(chance)
    world = World(chance, _dangers(chance), sleep=loop.sleep)
    story = Story(world, is_calm=world.dangers is NONE)
    try:
        with logs_noted(world):
            loop.run_until_complete(story.run())
            found = [*story.breaches(), *world.surprises]
            loop.run_until_complete(story.end())
    except Stuck as error:
        found = [f"everything waits for ever: {error}"]
    finally:
        loop.close()
    found += [f"not caught: {fault.get('exception') or fault['message']!r}" for fault in loop.faults]
    seen = frozenset(name for name, times in world.seen.items() if times) & RARE
    return Outcome(seed=seed, breaches=tuple(found), happened=tuple(world.happened), seen=seen, steps=loop.steps)


def _dangers(chance: Random) -> Dangers:
    if chance.random() < 0.1:
        return NONE
    return Dangers(
        disconnect=chance.choice((0, 0.01, 0.04)),
        send_fails=chance.choice((0, 0.1, 0.3)),
        send_is_slow=chance.choice((0, 0.1, 0.3)),
        call_fails=chance.choice((0, 0.01, 0.05)),
        record_is_late=chance.choice((0, 0, 0.1, 0.3)),
        record_comes_twice=chance.choice((0, 0.1, 0.3)),
        handler_fails=chance.choice((0, 0, 0.1)),
    )


class Story:
    """The parts of one world, and what happens to them."""

    def __init__(self, world: World, *, is_calm: bool) -> None:
        self.world = world
        self.is_calm = is_calm
        self.source = Database(world, "source")
        self.target = Database(world, "target")
        self.cluster = Cluster(world)
        self.consuming = Consuming(world, self.target, self.cluster)
        self.machines: dict[str, Machine] = {}
        self.starts: dict[str, Start] = {}
        self.is_quiet = False
        self.once_from = inf
        """From this position of the outbox on nothing went wrong: each event is to be sent once."""

    async def run(self) -> None:
        """Faults for some seconds, then time to recover."""
        chance = self.world.chance
        writers = Writers(self.world, self.source, AGGREGATES)
        for number in range(chance.choice((1, 2))):
            self._begin(f"relay {number}", self._relay)
        for number in range(chance.choice((1, 2))):
            self._begin(f"consumer {number}", self.consuming.run)
        commands = [writers.run(self._writer(n), commands=chance.randint(3, 7)) for n in range(3)]
        faults = [] if self.is_calm else [self._kill_often(), self._outages(), self._rebalances(), self._operate()]
        await asyncio.gather(*commands, *faults)
        self.world.calm()
        await self._become_quiet()
        if self.is_quiet:
            self.once_from = 0 if self.is_calm else next(self.source.positions)
            await writers.run(self._writer(4), commands=4)
            await self._become_quiet()

    def breaches(self) -> list[str]:
        """What the promises do not allow."""
        found = [] if self.is_quiet else [f"not quiet after {QUIET_SECONDS} s: {', '.join(self._unfinished())}"]
        poisoned = self.consuming.poisoned
        return found + breaches(self.source, self.cluster, self.target, poisoned=poisoned, once_from=self.once_from)

    async def end(self) -> None:
        """Ends what is still running."""
        running = [machine.kill() for machine in self.machines.values()]
        await asyncio.wait([task for task in running if task])
        await self.world.end()

    def _begin(self, name: str, start: Start) -> None:
        self.starts[name] = start
        self.machines[name] = machine = Machine(self.world, name)
        machine.start(start(machine))

    def _has_another(self, name: str) -> bool:
        """Whether another machine of this kind lives and will live: this one need not come back."""
        kind = name.split()[0]
        others = (other for other, machine in self.machines.items() if other != name and not machine.is_dead)
        return any(other.startswith(kind) for other in others)

    def _writer(self, number: int) -> Machine:
        return Machine(self.world, f"writer {number}")

    async def _relay(self, machine: Machine) -> None:
        relay = Relay("assignments", SimulatedOutbox(self.source, machine), SimulatedBroker(self.cluster, machine))
        await relay.run(asyncio.Event())

    async def _kill_often(self) -> None:
        chance = self.world.chance
        for _ in range(chance.randint(0, 5)):
            await asyncio.sleep(chance.random() * 1.2)
            name = chance.choice(list(self.machines))
            await self._kill(self.machines[name])
            await asyncio.sleep(chance.random() * chance.choice((0.1, 2)))
            if chance.random() < 0.8 or not self._has_another(name):
                self._begin(name, self.starts[name])

    async def _kill(self, machine: Machine) -> None:
        """Kills a machine at once, or at the next moment of a kind that it reaches within a while."""
        if self.world.chance.random() < 0.6:
            machine.is_doomed_at = self.world.chance.choice(STAGES[machine.name.split()[0]])
            with suppress(TimeoutError):
                async with asyncio.timeout(self.world.chance.random()):
                    await machine.died.wait()
        machine.kill()

    async def _outages(self) -> None:
        chance = self.world.chance
        for _ in range(chance.choice((0, 0, 1, 2))):
            await asyncio.sleep(chance.random() * 3)
            away = chance.choice((self.source, self.target, self.cluster))
            away.go_away()
            await asyncio.sleep(chance.random() * 3)
            away.come_back()

    async def _rebalances(self) -> None:
        chance = self.world.chance
        for _ in range(chance.choice((0, 1, 3))):
            await asyncio.sleep(chance.random() * 2)
            for group in self.cluster.groups.values():
                await group.rebalance()

    async def _operate(self) -> None:
        for _ in range(self.world.chance.choice((0, 3))):
            await asyncio.sleep(self.world.chance.random() * 2)
            self.consuming.send_any_again()

    async def _become_quiet(self) -> None:
        end = asyncio.get_running_loop().time() + QUIET_SECONDS
        while self._unfinished() and asyncio.get_running_loop().time() < end:
            self.consuming.send_failed_again()
            await asyncio.sleep(0.5)
        self.is_quiet = not self._unfinished()
        self.world.seen.update(self.consuming.repaired())

    def _unfinished(self) -> list[str]:
        unpublished = len(self.source.tables["outbox"]) - len(self.source.tables["published"])
        left = {"unpublished": unpublished, **self.consuming.unfinished()}
        dead = {name: 1 for name, machine in self.machines.items() if machine.has_ended}
        return [f"{count} {what}" for what, count in {**left, **dead}.items() if count]
