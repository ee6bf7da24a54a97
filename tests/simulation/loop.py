"""An event loop without a machine below it: time is a number, and chance picks what runs next.

The same chance gives the same run: nothing depends on the hash of a text, the address of an object or real time.
Sockets, threads and processes do not exist here; whoever asks for them gets NotImplementedError.
"""

import asyncio
import heapq
from asyncio import events
from collections.abc import Callable, Coroutine
from contextvars import Context
from itertools import count
from random import Random
from typing import Any, TypeVar, TypeVarTuple

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Stuck(Exception):
    """Everything waits for something that will never happen."""


class SeededLoop(asyncio.AbstractEventLoop):
    """Runs callbacks one at a time, any of those that are ready; moves the time on when none is."""

    def __init__(self, chance: Random) -> None:
        self.steps = 0
        self.faults: list[dict[str, Any]] = []
        """What nobody awaited and nobody caught."""
        self._chance = chance
        self._now = 0.0
        self._ready: list[asyncio.Handle] = []
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._numbers = count()
        self._is_closed = False

    def time(self) -> float:
        """Seconds since the beginning of this world."""
        return self._now

    def call_soon(
        self, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self._now + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[[*Ts], object], *args: *Ts, context: Context | None = None
    ) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, (when, next(self._numbers), timer))
        return timer

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
        try:
            while not task.done():
                self._step()
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

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """Nothing: its turn comes and it is passed over."""

    def _step(self) -> None:
        while self._timers and (self._timers[0][0] <= self._now or not self._ready):
            when, _, timer = heapq.heappop(self._timers)
            if not timer.cancelled():
                self._now = max(self._now, when)
                self._ready.append(timer)
        if not self._ready:
            raise Stuck(f"after {self._now:.3f} s")
        chosen = int(self._chance.random() * len(self._ready))
        self._ready[chosen], self._ready[-1] = self._ready[-1], self._ready[chosen]
        handle = self._ready.pop()
        self.steps += 1
        if not handle.cancelled():
            handle._run()


def seeded_loop(chance: Random) -> SeededLoop:
    """A loop at its beginning."""
    return SeededLoop(chance)  # type: ignore[abstract]  # what is left out cannot be done here
