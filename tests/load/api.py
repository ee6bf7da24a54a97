"""Speed of `POST /v1/assignments` beside a bare route that writes the same rows, in one run on one PostgreSQL.

The service is the real one, as `python -m assignments api` serves it, with token, key, rules, event and log line; the
floor is `api_floor.py`. They take turns. Closed loop: 16 connections, requests a second. Open loop: 100 requests a
second, latency from when each was due. Each has a database of its own, on a server that syncs to disk.
"""

import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO, Any

import asyncpg
import psutil
from rich.console import Console
from rich.table import Table

from assignments.api.schemas.examples import OFFER
from assignments.app.register_client import RegisterClient, register_client
from assignments.app.register_clinician import RegisterClinician, register_clinician
from assignments.app.register_facility import RegisterFacility, register_facility
from services.assignments.tests.builders import a_client_draft, a_clinician_draft, a_facility_draft
from shared.clock import SystemClock
from shared.db.engine import make_engine
from shared.db.migrate import migrate
from shared.db.work import Works
from shared.principal import Principal
from shared.testing.api import Issuer, make_issuer
from shared.testing.postgres import postgres_server
from shared.testing.running import eventually

ROOT = Path(__file__).parents[2]
SERVICE, FLOOR = "service", "floor"
PATHS = {SERVICE: "/v1/assignments", FLOOR: "/offers"}
COMMANDS = {SERVICE: ("assignments", "api"), FLOOR: ("tests.load.api_floor",)}
CONNECTIONS = 16
PEOPLE = 20
CLOSED_SECONDS = 5
OPEN_RATE, OPEN_SECONDS = 100, 8
WARM_SECONDS = 3
START_SECONDS, STOP_SECONDS = 60, 15
FIGURES = ("requests_per_second", "closed_p50_ms", "closed_p99_ms", "open_p50_ms", "open_p99_ms")
COSTS = ("server_cpu_ms", "postgres_cpu_ms", "caller_cpu_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One of the two, running."""

    name: str
    port: int
    server: psutil.Process
    postgres: psutil.Process


async def measure(rounds: int) -> dict[str, Any]:
    """The figures of both as medians with lowest and highest, and the two ratios that the aims are about."""
    folder = Path(tempfile.mkdtemp(prefix="firstshift-load-"))
    with postgres_server(is_durable=True) as url, ExitStack() as running:
        issuer = make_issuer(folder)
        both = [await _start(name, url, issuer=issuer, folder=folder, running=running) for name in (SERVICE, FLOOR)]
        for one in both:
            await _round(one, issuer, name="warm", closed_seconds=WARM_SECONDS)
        seen: dict[str, list[dict[str, float]]] = {SERVICE: [], FLOOR: []}
        for number in range(rounds):
            for one in both if number % 2 else reversed(both):
                seen[one.name].append(await _round(one, issuer, name=f"r{number}", closed_seconds=CLOSED_SECONDS))
    figures = {name: _summary(measured) for name, measured in seen.items()}
    return {**figures, "ratios": _ratios(figures), "rounds": rounds}


async def _start(name: str, url: str, *, issuer: Issuer, folder: Path, running: ExitStack) -> Served:
    database = f"{url}/{name}"
    connection = await asyncpg.connect(url.replace("+asyncpg", "") + "/postgres")
    await connection.execute(f"CREATE DATABASE {name}")
    postgres = psutil.Process(connection.get_server_pid()).parent()
    await connection.close()
    assert postgres is not None, "a backend has a parent"
    await asyncio.to_thread(migrate, database, "assignments")
    await _fill_directory(database)
    port = _free_port()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", ""))),
        "DATABASE_URL": database,
        "PORT": str(port),
        "FIRSTSHIFT_ISSUER_KEYS": str(issuer.path),
    }
    log = running.enter_context((folder / f"{name}.log").open("wb"))
    server = running.enter_context(_process(COMMANDS[name], environment, log))
    await eventually(lambda: _listens(port), seconds=START_SECONDS)
    return Served(name=name, port=port, server=psutil.Process(server.pid), postgres=postgres)


async def _fill_directory(database: str) -> None:
    """One client with one facility, and one clinician: what the offers name."""
    engine = make_engine(database, application_name="load")
    async with Works("assignments", engine, SystemClock()).begin(Principal(subject="per_recruiter")) as work:
        await register_client(work, RegisterClient(source="ats", source_reference="K-1", draft=a_client_draft()))
        place = a_facility_draft(client_id=None, client_reference="K-1")
        await register_facility(work, RegisterFacility(source="ats", source_reference="F-1", draft=place))
        nurse = RegisterClinician(source="ats", source_reference="C-1", draft=a_clinician_draft())
        await register_clinician(work, nurse)
    await engine.dispose()


async def _round(one: Served, issuer: Issuer, *, name: str, closed_seconds: float) -> dict[str, float]:
    order = {
        "port": one.port,
        "path": PATHS[one.name],
        "tokens": [issuer.token("recruiter", subject=f"per_{number}") for number in range(PEOPLE)],
        "offer": OFFER,
        "connections": CONNECTIONS,
    }
    before = _cpu_seconds(one)
    closed = await _call({**order, "name": f"{name}-closed", "seconds": closed_seconds})
    server, postgres = (after - earlier for after, earlier in zip(_cpu_seconds(one), before, strict=True))
    opened = await _call({**order, "name": f"{name}-open", "seconds": OPEN_SECONDS, "rate": OPEN_RATE})
    return {
        "requests_per_second": closed["requests"] / closed["seconds"],
        "closed_p50_ms": closed["p50"],
        "closed_p99_ms": closed["p99"],
        "open_p50_ms": opened["p50"],
        "open_p99_ms": opened["p99"],
        "server_cpu_ms": 1000 * server / closed["requests"],
        "postgres_cpu_ms": 1000 * postgres / closed["requests"],
        "caller_cpu_share": closed["cpu_seconds"] / closed["seconds"],
    }


async def _call(order: Mapping[str, Any]) -> dict[str, Any]:
    caller = await asyncio.create_subprocess_exec(
        sys.executable,
        str(Path(__file__).with_name("api_caller.py")),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    answer, _ = await caller.communicate(json.dumps(order).encode())
    assert caller.returncode == 0, "the caller stopped at an answer that was not 201"
    seen: dict[str, Any] = json.loads(answer)
    return seen


def _cpu_seconds(one: Served) -> tuple[float, float]:
    """Of the server, and of PostgreSQL with all its processes, those that ended included."""
    postgres = one.postgres.cpu_times()
    backends = (child.cpu_times() for child in one.postgres.children())
    total = postgres.user + postgres.system + postgres.children_user + postgres.children_system
    server = one.server.cpu_times()
    return server.user + server.system, total + sum(times.user + times.system for times in backends)


def _summary(measured: Sequence[Mapping[str, float]]) -> dict[str, list[float]]:
    """Median, lowest and highest of each figure."""
    columns = {name: [one[name] for one in measured] for name in (*FIGURES, *COSTS)}
    return {name: [round(value, 3) for value in (median(c), min(c), max(c))] for name, c in columns.items()}


def _ratios(figures: Mapping[str, Mapping[str, list[float]]]) -> dict[str, float]:
    return {name: round(figures[SERVICE][name][0] / figures[FLOOR][name][0], 3) for name in (*FIGURES, *COSTS[:2])}


@contextmanager
def _process(
    command: Sequence[str], environment: Mapping[str, str], log: IO[bytes]
) -> Iterator["subprocess.Popen[bytes]"]:
    arguments = [sys.executable, "-m", *command]
    process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        finally:
            process.kill()
            process.wait()


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def show(measured: Mapping[str, Any]) -> None:
    """The table."""
    table = Table(title="POST /v1/assignments and a bare route with the same rows", title_justify="left")
    for heading in ("figure", SERVICE, FLOOR, "ratio"):
        table.add_column(heading, justify="left" if heading == "figure" else "right")
    for name in (*FIGURES, *COSTS):
        values = ["{:,.2f} [{:,.2f}..{:,.2f}]".format(*measured[one][name]) for one in (SERVICE, FLOOR)]
        table.add_row(name, *values, str(measured["ratios"].get(name, "")))
    Console().print(table)


def main() -> None:
    """Measures and prints; the one argument is the number of rounds."""
    show(asyncio.run(measure(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))


if __name__ == "__main__":
    main()
