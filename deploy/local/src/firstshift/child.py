"""One program kept running: started on a leash, watched, restarted when it dies, stopped in order."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from firstshift.errors import CannotRun
from firstshift.launch import SAME_USER, inherited_environment, launch
from firstshift.narration import PartLog

FIRST_WAIT_SECONDS = 0.1
LONGEST_WAIT_SECONDS = 5.0
GOOD_LIFE_SECONDS = 10.0
POLL_SECONDS = 0.05
DEATHS_BEFORE_GIVING_UP = 5


def nothing() -> None:
    """Most programs need no preparation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """What is to be kept running.

    `is_ready` asks once and never raises. `prepare` runs before every start, also after a crash. `user` is
    `uid:gid`. `env` is the whole environment. The kernel sends `orphan_signal` when the supervisor dies.
    """

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], Awaitable[bool]]
    port: int
    env: Mapping[str, str] = field(default_factory=inherited_environment)
    prepare: Callable[[], None] = nothing
    user: str = SAME_USER
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    grace_seconds: float = 10.0


class Child:
    """A program and its present process. `on_start` hears of every new process."""

    def __init__(self, program: Program, log: PartLog, *, on_start: Callable[[], None] = nothing) -> None:
        self.program = program
        self.pid: int | None = None
        self.deaths = 0
        self._log = log
        self._on_start = on_start
        self._stopping = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to keep the program running."""
        self._keeping = asyncio.create_task(self._keep(), name=self.program.name)

    async def until_ready(self, *, within_seconds: float = 60.0) -> None:
        """Wait until it is ready. Raises: CannotRun when it never comes."""
        end, deaths = time.monotonic() + within_seconds, self.deaths
        while not (self.pid and await self.program.is_ready()):
            self._check_hope(time.monotonic() > end or self.deaths - deaths >= DEATHS_BEFORE_GIVING_UP)
            await asyncio.sleep(POLL_SECONDS)

    async def stop(self) -> None:
        """Ask it to end, wait out its grace, then end it."""
        self._stopping.set()
        if self._keeping:
            await asyncio.wait({self._keeping})

    def kill(self) -> None:
        """End it at once, with everything it started."""
        self._stopping.set()
        if self.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def _check_hope(self, is_lost: bool) -> None:
        failed_itself = self._keeping is not None and self._keeping.done() and self._keeping.exception()
        if failed_itself:
            raise failed_itself
        if is_lost:
            last = next((line for line in reversed(self._log.last) if line), "it said nothing")
            raise CannotRun(
                f"{self.program.name} does not become ready ({last}).",
                f"Its whole log is in {self._log.file}.",
            )

    async def _keep(self) -> None:
        wait = FIRST_WAIT_SECONDS
        while not self._stopping.is_set():
            started = time.monotonic()
            try:
                code = await self._live()
            except OSError as error:  # no memory or no process left to start it in: that may pass
                self._log.say(f"could not be started ({error})", style="bold red")
                code = 1
            if self._stopping.is_set():
                return
            self.deaths += 1
            if time.monotonic() - started > GOOD_LIFE_SECONDS:
                wait = FIRST_WAIT_SECONDS
            self._log.say(f"{_ending(code)}; starting it again in {wait:.1f} s", style="bold red")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _live(self) -> int:
        """One life of the program; returns how it ended."""
        self.program.prepare()
        process = await launch(
            self.program.command,
            env=self.program.env,
            user=self.program.user,
            orphan_signal=self.program.orphan_signal,
        )
        self.pid = process.pid
        self._on_start()
        assert process.stdout is not None
        output = asyncio.create_task(self._log.follow(process.stdout))
        died = asyncio.create_task(process.wait())
        told = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({died, told}, return_when=asyncio.FIRST_COMPLETED)
        told.cancel()
        if not died.done():
            await self._end(process.pid, died)
        self.pid = None
        # What it had started may hold the pipe a little longer; nothing is worth waiting long for.
        await asyncio.wait({output}, timeout=2)
        output.cancel()
        return await died

    async def _end(self, pid: int, died: "asyncio.Task[int]") -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, self.program.stop_signal)
        await asyncio.wait({died}, timeout=self.program.grace_seconds)
        if not died.done():
            self._log.say(f"did not end within {self.program.grace_seconds:.0f} s; ended by force", style="yellow")
            self.kill()


def _ending(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
