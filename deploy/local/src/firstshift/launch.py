"""Starts one program as a child that cannot outlive the supervisor."""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

LEASH = Path(__file__).with_name("leash.py")
SAME_USER = "-"
NOT_INHERITED = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")


async def launch(
    command: Sequence[str],
    *,
    env: Mapping[str, str],
    user: str = SAME_USER,
    orphan_signal: signal.Signals = signal.SIGKILL,
) -> asyncio.subprocess.Process:
    """The program as a process; what it writes, to either stream, comes on its stdout.

    A session of its own keeps the terminal's Ctrl-C away from it: the supervisor decides the order of ending.
    """
    leash = (str(os.getpid()), str(int(orphan_signal)), user)
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(LEASH), *leash, *command),
        env=env,
        cwd="/",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        start_new_session=True,
    )


def inherited_environment() -> dict[str, str]:
    """This process's environment without the databases named in it: each part is told of its own alone.

    Nor does it forbid Python to keep the code that it compiled: to compile all of it anew is most of a service's start.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith(NOT_INHERITED)}
