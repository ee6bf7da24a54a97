"""Faults that end or stop a process: services (F1), Kafka (F2), a PostgreSQL server (F3), a zombie (F5)."""

import os
import signal
from contextlib import suppress

import psutil

from tests.faults.agency import SERVICES
from tests.faults.stage import Stage, appears

POINTS = {
    "before_send": "after the commit, before the events are sent",
    "before_mark": "after the events are sent, before they are marked",
    "before_offsets": "after the database's commit, before the offsets'",
}
ANY_MOMENT = "at any moment"
HIT_SECONDS = 10


async def kill_service(stage: Stage) -> str:
    """F1: kill -9 of a service, at any moment or at one of the three named points."""
    service = stage.random.choice(SERVICES)
    point = stage.random.choice([None, *POINTS])
    await stage.alive(service)
    if point is None:
        stage.agency.signal(service)
        stage.windows[ANY_MOMENT] += 1
        return f"kill -9 {service} {ANY_MOMENT}"
    return await kill_at(stage, service=service, point=point)


async def kill_at(stage: Stage, *, service: str, point: str) -> str:
    """F1 at a named point, the first to third time that the service comes there."""
    order = stage.order(service, point)
    hit = order.with_name(f"{order.name}.hit")
    order.write_text(str(stage.random.randrange(1, 4)))
    if not await appears(hit, within_seconds=HIT_SECONDS):
        order.unlink(missing_ok=True)
        return f"{service} did not come to the point: {POINTS[point]}"
    hit.unlink()
    stage.windows[POINTS[point]] += 1
    return f"kill -9 {service} {POINTS[point]}"


async def kill_kafka(stage: Stage) -> str:
    """F2: kill -9 of the broker."""
    await stage.alive("kafka")
    stage.agency.signal("kafka")
    stage.windows["Kafka ended"] += 1
    return "kill -9 kafka"


async def kill_postgres(stage: Stage) -> str:
    """F3: kill -9 of one service's PostgreSQL: the server, or one of the processes that serve a connection."""
    service = stage.random.choice(SERVICES)
    server = await stage.alive(f"postgres-{service}")
    if stage.random.random() < 0.5:
        os.kill(server, signal.SIGKILL)
        stage.windows["PostgreSQL server ended"] += 1
        return f"kill -9 the PostgreSQL server of {service}"
    serving = [
        child for child in psutil.Process(server).children() if "SELECT" in _title(child) or "idle" in _title(child)
    ]
    if serving:
        with suppress(ProcessLookupError):
            os.kill(stage.random.choice(serving).pid, signal.SIGKILL)
    stage.windows["PostgreSQL connection ended"] += 1
    return f"kill -9 a process of the PostgreSQL of {service} that serves a connection"


def _title(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
