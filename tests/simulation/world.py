"""What all parts of one simulated world share: chance, a network that takes time, a record of what happened."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass
from random import Random
from types import coroutine
from typing import Any, TypeVar

T = TypeVar("T")
Sleep = Callable[[float], Awaitable[object]]

IDLE = "idle"
ABOUT_TO_SEND = "about to send"
NOT_MARKED = "sent but not marked"
DELIVERING = "delivering"
NOT_COMMITTED = "delivered but offsets not committed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dangers:
    """How likely each fault is whenever it could happen; all are zero in a world without faults."""

    disconnect: float = 0
    send_fails: float = 0
    send_is_slow: float = 0
    call_fails: float = 0
    record_is_late: float = 0
    record_comes_twice: float = 0
    handler_fails: float = 0


NONE = Dangers()


class World:
    """One world. Whatever is by chance in it is drawn from here, so that its seed repeats it."""

    def __init__(self, chance: Random, dangers: Dangers, *, sleep: Sleep = asyncio.sleep) -> None:
        self.chance = chance
        self.sleep = sleep
        self.dangers = dangers
        self.happened: list[str] = []
        self.seen: Counter[str] = Counter()
        """How often each rare thing came about that the simulation exists for."""
        self.surprises: list[str] = []
        """Errors that the product caught and that no part of the world meant to raise."""
        self._background: set[asyncio.Task[None]] = set()

    def note(self, *words: object) -> None:
        """Adds a line to what happened."""
        self.happened.append(f"{asyncio.get_running_loop().time():8.3f}  {' '.join(map(str, words))}")

    def risks(self, danger: float) -> bool:
        """Whether a fault of this likelihood happens now."""
        return danger > 0 and self.chance.random() < danger

    def travel(self) -> Awaitable[object]:
        """The time that a message takes on the network."""
        drawn = self.chance.random()
        if drawn >= 0.6:
            return self.sleep(0.004 * drawn if drawn < 0.98 else 20 * (drawn - 0.98))
        return _others_turns(1 if drawn > 0.3 else 0)

    def in_background(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Does something that no machine's death ends."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)
        return task

    async def end(self) -> None:
        """Ends what is done in the background."""
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)

    def calm(self) -> None:
        """From now on nothing goes wrong any more."""
        self.note("no more faults")
        self.dangers = NONE


@coroutine
def _others_turns(count: int) -> Generator[None, None, None]:
    """Lets others have their turn, as asyncio.sleep(0) does, so many times."""
    for _ in range(count):
        yield


class Machine:
    """Something that runs until it is killed. A killed one cannot be heard any more, whatever its code still does."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.name = name
        self.is_dead = False
        self.stage = IDLE
        """How far it is with what it has in hand, as seen from outside."""
        self.is_doomed_at: str | None = None
        """The stage at which it will be killed."""
        self.died = asyncio.Event()
        self.on_death: list[Callable[[], object]] = []
        self.task: asyncio.Task[None] | None = None

    def start(self, main: Coroutine[Any, Any, None]) -> None:
        """Runs this until it is killed or stops."""
        self.world.note(self.name, "starts")
        self.task = asyncio.get_running_loop().create_task(main)

    @property
    def has_ended(self) -> bool:
        """Whether it stopped by itself, which nothing here is meant to do."""
        return self.task is not None and self.task.done() and not self.is_dead

    def reach(self, stage: str) -> None:
        """Notes how far it is; where it is doomed, that was all."""
        self.stage = stage
        if stage == self.is_doomed_at and not self.is_dead:
            self.kill()

    def kill(self) -> "asyncio.Task[None] | None":
        """Ends it at whatever it waits for, as kill -9 does. Returns what is left of it."""
        if self.is_dead:
            return self.task
        self.world.note(self.name, "is killed while", self.stage)
        self.world.seen[f"killed while {self.stage}"] += 1
        self.is_dead = True
        self.died.set()
        if self.task:
            self.task.cancel()
        for tell in self.on_death:
            tell()
        return self.task

    def check(self) -> None:
        """Ends whoever calls in the name of a dead machine."""
        if self.is_dead:
            raise asyncio.CancelledError(f"{self.name} is dead")

    async def ask(self, act: Callable[[], T]) -> T:
        """Has something done elsewhere: the request travels, it is done, the answer travels; death may come between."""
        self.check()
        await self.world.travel()
        self.check()
        answer = act()
        await self.world.travel()
        self.check()
        return answer
