"""What runs now, for other commands and for tests: `state.json` in the data folder."""

import os
import signal
from collections.abc import Iterable
from contextlib import suppress

import psutil

from firstshift.child import Child
from firstshift.home import Home, read_json, write_private_json

SAME_MOMENT_SECONDS = 1.0


def write_state(home: Home, parts: Iterable[Child], *, is_ready: bool, test_mode: bool) -> None:
    """Note the present processes.

    Shape: `{"supervisor": pid, "ready", "test_mode", "parts": {name: {"pid", "port", "born", "deaths"}}}`.
    """
    running = {part.program.name: _entry(part) for part in parts if part.pid}
    write_private_json(
        home.state,
        {"supervisor": os.getpid(), "ready": is_ready, "test_mode": test_mode, "parts": running},
    )


def clear_orphans(home: Home) -> list[str]:
    """End what a supervisor ended by force left running, and forget its state. Returns the parts' names.

    A process is taken for ours only if it was born when ours was: process ids come round again.
    """
    ended = [
        name
        for name, entry in read_json(home.state).get("parts", {}).items()
        if name != "postgres" and _end(entry["pid"], entry["born"])  # its own start clears it, with more care
    ]
    home.state.unlink(missing_ok=True)
    return ended


def _entry(part: Child) -> dict[str, object]:
    assert part.pid is not None
    return {"pid": part.pid, "port": part.program.port, "born": _born(part.pid), "deaths": part.deaths}


def _born(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0


def _end(pid: int, born: float) -> bool:
    if abs(_born(pid) - born) > SAME_MOMENT_SECONDS:
        return False
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    return True
