"""What every fault can reach: the system, its callers, the watch, the seed, and how hard it may be."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.faults.agency import Agency
from tests.faults.client import Client
from tests.faults.evidence import Gatherer
from tests.faults.journal import Journal
from tests.faults.watch import Watch

LOOK_SECONDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How much of everything; the defaults suit a short run."""

    rate: float = 20
    before_seconds: float = 2.0
    after_seconds: float = 3.0
    heal_seconds: float = 90.0
    outage_seconds: float = 20.0
    """How long the broker is out of reach, and then silent (F4)."""
    stop_seconds: float = 90.0
    """In what time another must take over from a process that stands still (F5): its session at the broker ends after
    ten seconds, a transaction that it left open after sixty."""
    repeats: int = 2000
    pairs: int = 100
    backlog: int = 300


@dataclass(slots=True, kw_only=True)
class Stage:
    """One running system with everybody around it."""

    agency: Agency
    client: Client
    watch: Watch
    gatherer: Gatherer
    journal: Journal
    random: Random
    scale: Scale
    windows: Counter[str] = field(default_factory=Counter)
    """How often each moment that matters was hit."""
    planted: set[str] = field(default_factory=set)
    """Ids and keys of the records that faults sent themselves."""
    disordered: set[tuple[str, str]] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    """Violations that a fault saw itself."""
    afterwards: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    """What is to be put back once the round is quiet."""

    async def rest(self) -> None:
        """Lets no more calls come in, and waits until nothing is on its way."""
        await self.client.pause()
        self.findings += [
            f"not quiet: {left}" for left in await self.watch.until_quiet(within_seconds=self.scale.heal_seconds)
        ]

    async def put_back(self) -> None:
        """Ends what a fault began and the round needed until its end."""
        while self.afterwards:
            await self.afterwards.pop()()

    def order(self, service: str, what: str) -> Path:
        """The file by which `launch.py` is told what happens to a service."""
        return self.agency.orders / f"{service}.{what}"

    async def alive(self, part: str) -> int:
        """The process of a part, once it runs and is ready."""
        await self.agency.parts[part].until_ready()
        return self.agency.pid(part)


async def appears(file: Path, *, within_seconds: float) -> bool:
    """Whether the file comes to be in this time."""
    try:
        async with asyncio.timeout(within_seconds):
            while not file.exists():
                await asyncio.sleep(LOOK_SECONDS)
    except TimeoutError:
        return False
    return True
