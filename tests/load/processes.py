"""What processes use: seconds of processor time and bytes of memory, their children's included."""

from collections.abc import Iterable
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Processor time since the start, and memory now: resident, and resident with shared pages shared out (PSS)."""

    cpu_seconds: float
    resident_mb: float
    share_mb: float


def family(pid: int) -> list[psutil.Process]:
    """The process and all that came from it. Empty when it is gone."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def use(pid: int) -> Use:
    """What the process and its children use together."""
    return _sum(_use(process) for process in family(pid))


def _use(process: psutil.Process) -> Use:
    try:
        with process.oneshot():
            times, memory = process.cpu_times(), process.memory_full_info()
    except psutil.NoSuchProcess:  # it ended between two looks
        return Use(cpu_seconds=0, resident_mb=0, share_mb=0)
    return Use(
        cpu_seconds=times.user + times.system,
        resident_mb=memory.rss / 2**20,
        share_mb=getattr(memory, "pss", memory.rss) / 2**20,
    )


def _sum(uses: Iterable[Use]) -> Use:
    every = list(uses)
    return Use(
        cpu_seconds=sum(one.cpu_seconds for one in every),
        resident_mb=sum(one.resident_mb for one in every),
        share_mb=sum(one.share_mb for one in every),
    )
