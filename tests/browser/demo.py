"""A running system with the demo data in it: one of its own, or one that runs already."""

import asyncio
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from firstshift.home import Home
from tests.system import System, eventually, running_system

DEMO_SECONDS = 240
PAUSE_SECONDS = 90


@contextmanager
def demo_system() -> Iterator[System]:
    """Started for this; with RUNNING=.firstshift the one of that data folder, which stays as it is."""
    if running := os.environ.get("RUNNING"):
        home = Home(Path(running).resolve())
        with subprocess.Popen(["true"]) as nobody:  # it has an owner elsewhere, whom nobody here may end
            yield System(home, nobody)
        return
    with running_system("--demo") as system:
        asyncio.run(until_loaded(system))
        yield system


async def until_loaded(system: System) -> None:
    """Waits until the demo is loaded and the portal has heard of all of it. Fails when that takes too long."""

    log = system.home.root.parent / "up.log"

    async def is_loaded() -> bool:
        said = log.read_text(errors="replace")
        assert system.process.poll() is None and "not loaded whole" not in said, said[-2000:]
        return (system.home.root / "demo.loaded").exists()

    await eventually(is_loaded, bool, seconds=DEMO_SECONDS)
    await until_heard(system)


async def until_heard(system: System) -> None:
    """Waits until the portal's queue holds every open work item of the departments."""
    await eventually(lambda: _unheard(system), lambda missing: missing == 0, seconds=PAUSE_SECONDS)


async def _unheard(system: System) -> int:
    known = {row["work_item_id"] for row in await system.rows("portal", "SELECT work_item_id FROM queue_item")}
    missing = 0
    for department in ("credentialing", "payroll", "housing", "timekeeping"):
        statement = "SELECT work_item_id FROM work_item"
        missing += sum(row["work_item_id"] not in known for row in await system.rows(department, statement))
    return missing
