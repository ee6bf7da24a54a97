"""The Chromium that browser tests drive: the one of this machine, else one that is installed now, else a failure.

Never a reason to skip: a build machine without a browser must say so, not pass.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DEBIAN = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
)
PLAYWRIGHT = ((sys.executable, "-m", "playwright", "install", "chromium"),)
INSTALL_SECONDS = 600
FLAGS = ("--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars")
HOW = (
    "Browser tests need Chromium, and none could be installed. On Debian and Ubuntu: `apt-get install chromium` as"
    " root; elsewhere: `.venv/bin/python -m playwright install chromium`. Tried: "
)


class NoChromium(Exception):
    """There is no browser, and none can be had. Its text says how to get one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What this machine has and may do. `own` is where Playwright keeps a Chromium of its own, once installed."""

    own: Path
    which: Callable[[str], str | None]
    run: Callable[[Sequence[str]], str | None]
    """Runs a command; None when it worked, else the last thing it said."""
    is_root: bool


def this_machine(own: Path) -> Machine:
    """The machine that runs the tests."""
    return Machine(own=own, which=shutil.which, run=_run, is_root=os.geteuid() == 0)


def chromium(machine: Machine) -> Path:
    """The browser's program. Raises NoChromium, with what to do, when there is none and none can be installed."""
    found = _found(machine)
    tried = []
    for commands in () if found else _ways(machine):
        tried.append(_install(machine, commands))
        found = _found(machine)
        if found:
            break
    if found is None:
        raise NoChromium(HOW + "; ".join(tried))
    return found


def _found(machine: Machine) -> Path | None:
    for name in NAMES:
        if path := machine.which(name):
            return Path(path)
    return machine.own if machine.own.exists() else None


def _ways(machine: Machine) -> list[Sequence[Sequence[str]]]:
    """Debian's comes with the libraries that it needs, and so goes first where we may install it."""
    has_debian = machine.is_root and machine.which("apt-get") is not None
    return [DEBIAN, PLAYWRIGHT] if has_debian else [PLAYWRIGHT]


def _install(machine: Machine, commands: Sequence[Sequence[str]]) -> str:
    for command in commands:
        if refusal := machine.run(command):
            return f"`{' '.join(command)}` said: {refusal}"
    return f"`{' '.join(commands[-1])}` worked, yet no browser is there"


def _run(command: Sequence[str]) -> str | None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = (done.stderr or done.stdout).strip().splitlines()
    return None if done.returncode == 0 else (said[-1] if said else f"exit code {done.returncode}")
