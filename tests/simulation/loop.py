"""An event loop without a machine below it: time is a number, and chance picks what runs next.

The same chance gives the same run: nothing depends on the hash of a text, the address of an object or real time.
Sockets, threads and processes do not exist here; whoever asks for them gets NotImplementedError.
"""

import asyncio
import heapq
from asyncio import events
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from itertools import count
from random import Random
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Stuck(Exception):
    """Everything waits for something that will never happen."""


class Turn(asyncio.TimerHandle):
    """A callback whose turn comes; without what asyncio notes for debugging, since a world makes a thousand."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, context: Context | None, callback: Callable[..., object], *args: Any
    ) -> None:
        self._loop = loop
        self._context = context or copy_context()
        self._callback = callback
        self._args = args
        self._cancelled = False
        self._source_traceback = None

    def cancel(self) -> None:
        self._cancelled = True


class SeededLoop(asyncio.AbstractEventLoop):
    """Runs callbacks one at a time, any of those that are ready; moves the time on when none is."""

    def __init__(self, chance: Random) -> None:
        self.steps = 0
        self.faults: list[dict[str, Any]] = []
        """What nobody awaited and nobody caught."""
        self._chance = chance
        self._now = 0.0
        self._ready: list[Turn] = []
        self._timers: list[tuple[float, int, Turn | asyncio.Future[None]]] = []
        self._numbers = count()
        self._is_closed = False

    def time(self) -> float:
        """Seconds since the beginning of this world."""
        return self._now

    def sleep(self, seconds: float) -> "asyncio.Future[None]":
        """What asyncio.sleep does, in one turn instead of two: most of what a world does is to wait for its network."""
        wakes: asyncio.Future[None] = asyncio.Future(loop=self)
        heapq.heappush(self._timers, (self._now + seconds, next(self._numbers), wakes))
        return wakes

    def call_soon(self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None) -> Turn:
        turn = Turn(self, context, callback, *args)
        self._ready.append(turn)
        return turn

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> Turn:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> Turn:
        turn = Turn(self, context, callback, *args)
        heapq.heappush(self._timers, (when, next(self._numbers), turn))
        return turn

    def create_future(self) -> "asyncio.Future[Any]":
        return asyncio.Future(loop=self)

    def create_task(  # type: ignore[override]  # the base is overloaded for generators, which nobody uses any more
        self, coro: Coroutine[Any, Any, T], *, name: str | None = None, context: Context | None = None
    ) -> "asyncio.Task[T]":
        return asyncio.Task(coro, loop=self, name=name, context=context)

    def run_until_complete(self, future: Coroutine[Any, Any, T]) -> T:  # type: ignore[override]  # coroutines are enough
        """Runs the world until this is done. Raises Stuck when it never can be."""
        task = self.create_task(future)
        events._set_running_loop(self)
        ready, draw = self._ready, self._chance.random
        try:
            while not task.done():
                if not ready:
                    self._move_on()
                chosen = int(draw() * len(ready))
                ready[chosen], ready[-1] = ready[-1], ready[chosen]
                turn = ready.pop()
                self.steps += 1
                if not turn._cancelled:
                    turn._run()
        finally:
            events._set_running_loop(None)
        return task.result()

    def is_running(self) -> bool:
        return not self._is_closed

    def is_closed(self) -> bool:
        return self._is_closed

    def close(self) -> None:
        """Nothing runs here any more."""
        self._is_closed = True
        self._ready.clear()
        self._timers.clear()

    def get_debug(self) -> bool:
        return False

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        self.faults.append(context)

    def _move_on(self) -> None:
        """Moves the time to the next timer that still counts, with all that are due then. Raises Stuck without one."""
        timers = self._timers
        while timers and (not self._ready or timers[0][0] <= self._now):
            when, _, timer = heapq.heappop(timers)
            if not timer.cancelled():
                self._now = max(self._now, when)
                if isinstance(timer, Turn):
                    self._ready.append(timer)
                else:
                    timer.set_result(None)
        if not self._ready:
            raise Stuck(f"after {self._now:.3f} s")


def seeded_loop(chance: Random) -> SeededLoop:
    """A loop at its beginning."""
    return SeededLoop(chance)  # type: ignore[abstract]  # what is left out cannot be done here
