"""One program kept running."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from firstshift.child import Child, Program
from firstshift.errors import CannotRun
from firstshift.launch import LEASH
from firstshift.narration import Narration

SLEEP = "import time; time.sleep(60)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); {SLEEP}"


async def always() -> bool:
    return True


async def never() -> bool:
    return False


def python(code: str, *, is_ready: Callable[[], object] = always, grace_seconds: float = 5.0) -> Program:
    return Program(
        name="part",
        command=(sys.executable, "-S", "-c", code),
        is_ready=is_ready,  # type: ignore[arg-type]
        port=0,
        grace_seconds=grace_seconds,
    )


def is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def until(happens: Callable[[], object], *, within_seconds: float = 5.0) -> None:
    async with asyncio.timeout(within_seconds):
        while not happens():
            await asyncio.sleep(0.02)


async def test_a_part_ended_by_force_is_started_again(narration: Narration) -> None:
    child = Child(python(SLEEP), narration.part("part"))
    child.start()
    await child.until_ready()
    first = child.pid
    assert first

    os.kill(first, signal.SIGKILL)
    await until(lambda: child.pid not in (None, first))

    assert child.deaths == 1
    await child.stop()
    assert not is_alive(first)


async def test_a_part_that_dies_at_every_start_is_given_up_with_its_last_words(narration: Narration) -> None:
    child = Child(python("raise SystemExit('no such table')", is_ready=never), narration.part("part"))
    child.start()

    with pytest.raises(CannotRun) as refused:
        await child.until_ready()

    assert refused.value.problem == "part does not become ready (no such table)."
    assert str(narration.logs / "part.log") in refused.value.fix
    await child.stop()


async def test_a_part_that_does_not_listen_is_ended_by_force_after_its_grace(narration: Narration) -> None:
    log = narration.part("part")
    child = Child(python(DEAF, grace_seconds=0.2), log)
    child.start()
    await until(lambda: "deaf" in log.last)
    pid = child.pid
    assert pid

    await child.stop()

    assert not is_alive(pid)


async def test_a_part_does_not_outlive_who_started_it() -> None:
    leashed = f"import subprocess, sys, os; child = subprocess.Popen([sys.executable, '-S', {str(LEASH)!r}, "
    leashed += f"str(os.getpid()), '9', '-', sys.executable, '-S', '-c', {SLEEP!r}]); print(child.pid, flush=True)"
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-S", "-c", f"{leashed}; child.wait()"), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout
    orphan = int(await parent.stdout.readline())
    await until(lambda: SLEEP in " ".join(psutil.Process(orphan).cmdline()[-1:]))

    parent.kill()
    await parent.wait()

    await until(lambda: not is_alive(orphan))


async def test_the_log_shows_structured_lines_readably_and_keeps_them_as_they_came(
    narration: Narration,
) -> None:
    line = '{"event": "offer.accepted", "level": "info", "timestamp": "2026-03-02T09:30:01Z", "id": "asg_1"}'
    log = narration.part("part")
    stream = asyncio.StreamReader()
    stream.feed_data(f"{line}\n[plain] words\n{'x' * 200_000}\nlast".encode())
    stream.feed_eof()

    await log.follow(stream)

    shown = narration.console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    assert [entry.rstrip() for entry in shown[:2]] == [
        "part          09:30:01 offer.accepted id=asg_1",
        "part          [plain] words",
    ]
    assert len(shown) == 4
    assert log.file.read_text().startswith(f"{line}\n[plain] words\n")


async def test_a_restart_waits_longer_each_time(narration: Narration) -> None:
    child = Child(python("raise SystemExit(3)", is_ready=never), narration.part("part"))
    started = time.monotonic()
    child.start()

    await until(lambda: child.deaths == 4)

    assert time.monotonic() - started >= 0.1 + 0.2 + 0.4
    await child.stop()
