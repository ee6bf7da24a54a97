"""`firstshift up` as a newcomer runs it: real processes, on a workspace of two small invented services."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from firstshift.home import Home
from firstshift.ports import give_port

FIRSTSHIFT = str(Path(sys.executable).with_name("firstshift"))
SERVICE = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

if sys.argv[1] == "migrate":
    print("migrated")
    sys.exit(0)

class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())

    def log_message(self, *_):
        pass

print(json.dumps({"event": "service.started", "level": "info", "port": os.environ["PORT"]}))
HTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Answer).serve_forever()
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """An invented workspace, and one data folder for it."""

    root: Path
    home: Home
    started: list["subprocess.Popen[bytes]"] = field(default_factory=list)

    def command(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [FIRSTSHIFT, *arguments],
            cwd=self.root,
            env=self.environment(**env),
            capture_output=True,
            text=True,
            timeout=30,
        )

    def environment(self, **env: str) -> dict[str, str]:
        packages = str(self.root / "packages")
        return {**os.environ, "PYTHONPATH": packages, "FIRSTSHIFT_HOME": str(self.home.root), **env}

    def start(self, **env: str) -> "subprocess.Popen[bytes]":
        with (self.root / "up.log").open("ab") as log:
            up = subprocess.Popen(
                [FIRSTSHIFT, "up", "--test-mode", "--no-demo"],
                cwd=self.root,
                env=self.environment(**env),
                stdout=log,
                stderr=log,
            )
        self.started.append(up)
        until(lambda: up.poll() is not None or self.is_ready(up.pid), within_seconds=60)
        assert up.poll() is None, self.shown()
        return up

    def is_ready(self, supervisor: int) -> bool:
        state = self.state()
        return bool(state.get("ready")) and state["supervisor"] == supervisor

    def state(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self.home.state.read_text()))
        except FileNotFoundError:
            return {}

    def part(self, name: str) -> dict[str, Any]:
        return dict(self.state()["parts"].get(name, {}))

    def shown(self) -> str:
        return (self.root / "up.log").read_text()


def until(happens: Callable[[], object], *, within_seconds: float = 10.0) -> None:
    end = time.monotonic() + within_seconds
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def alive(pids: set[int]) -> list[psutil.Process]:
    return [process for pid in pids if (process := living(pid))]


def living(pid: int) -> psutil.Process | None:
    """It may end between any two questions; one that ended and was not yet asked for counts as ended."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else process
    except psutil.NoSuchProcess:
        return None


def family(up: "subprocess.Popen[bytes]") -> set[int]:
    return {child.pid for child in psutil.Process(up.pid).children(recursive=True)}


@contextmanager
def a_checkout() -> Iterator[Checkout]:
    folder = Path(tempfile.mkdtemp(prefix="firstshift-"))
    checkout = Checkout(root=folder, home=Home(folder / "data"))
    fill(folder, checkout.home)
    try:
        yield checkout
    finally:
        for up in checkout.started:
            up.kill()  # no more than a formality, unless a test failed
            up.wait()
        shutil.rmtree(folder, ignore_errors=True)  # what the kernel is still ending may remove its own files


def fill(folder: Path, home: Home) -> None:
    folder.chmod(0o711)
    (folder / "pyproject.toml").write_text('[tool.uv.workspace]\nmembers = ["services/*"]\n')
    for name in ("assignments", "wards"):
        (folder / "services" / name).mkdir(parents=True)
        (folder / "services" / name / "pyproject.toml").touch()
        (folder / "packages" / name).mkdir(parents=True)
        (folder / "packages" / name / "__init__.py").touch()
        (folder / "packages" / name / "__main__.py").write_text(SERVICE)
    home.prepare()
    for part in ("postgres", "kafka", "kafka-controller", "assignments", "wards"):
        give_port(home, part, 0)  # none of the usual ones: somebody may use Firstshift beside its tests


@pytest.fixture(scope="module")
def running() -> Iterator[Checkout]:
    """Everything up; taken down by SIGTERM, after which no process of it may live."""
    with a_checkout() as checkout:
        up = checkout.start(DATABASE_URL_ELSEWHERE="postgresql://elsewhere")
        yield checkout
        processes = family(up)
        up.send_signal(signal.SIGTERM)
        assert up.wait(30) == 0, checkout.shown()
        assert alive(processes) == []
        assert not checkout.home.state.exists()


def environment_of(checkout: Checkout, service: str) -> dict[str, str]:
    address = f"http://127.0.0.1:{checkout.part(service)['port']}/readyz"
    return dict(httpx.get(address, trust_env=False).json())


def test_each_service_is_told_its_own_database_and_everyones_address(running: Checkout) -> None:
    parts = running.state()["parts"]
    told = environment_of(running, "wards")

    assert list(parts) == ["postgres", "kafka", "assignments", "wards"]
    assert told["DATABASE_URL"].startswith("postgresql+asyncpg://wards:")
    assert told["DATABASE_URL"].endswith(f"@127.0.0.1:{parts['postgres']['port']}/wards")
    assert told["KAFKA_BOOTSTRAP_SERVERS"] == f"127.0.0.1:{parts['kafka']['port']}"
    assert told["PREVIEW_URL_ASSIGNMENTS"] == f"http://127.0.0.1:{parts['assignments']['port']}"
    assert told["PREVIEW_URL_WARDS"] == f"http://127.0.0.1:{parts['wards']['port']}"
    assert (told["FIRSTSHIFT_TEST_MODE"], told["INSTANCE"], told["LOG_FORMAT"]) == ("1", "0", "json")
    assert Path(told["FIRSTSHIFT_ISSUER_KEYS"]).is_file()
    assert "DATABASE_URL_ELSEWHERE" not in told


def test_a_service_ended_by_force_is_back_on_its_own_port(running: Checkout) -> None:
    before = running.part("wards")

    os.kill(before["pid"], signal.SIGKILL)
    until(lambda: running.part("wards").get("pid") not in (None, before["pid"]))

    assert running.part("wards")["port"] == before["port"]
    assert running.part("wards")["deaths"] == before["deaths"] + 1
    until(lambda: "wards was ended by SIGKILL; starting it again in 0.1 s" in running.shown())


def test_a_newcomer_is_shown_where_things_are_and_a_first_request(running: Checkout) -> None:
    port = running.part("assignments")["port"]
    until(lambda: "Stop:       Ctrl-C" in running.shown())

    shown = running.shown()
    assert f"http://127.0.0.1:{port}/openapi.json" in shown
    assert f'token --role recruiter)" http://127.0.0.1:{port}/v1/assignments' in shown
    assert f"assignments   service.started port={port}" in shown
    assert "Traceback" not in shown


def test_a_second_start_and_a_reset_are_refused_while_it_runs(running: Checkout) -> None:
    supervisor = running.state()["supervisor"]

    for command in (["up"], ["reset", "--yes"]):
        refused = running.command(*command)
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"Firstshift is already running on {running.home.root} (process {supervisor}")
        assert refused.stderr.count("\n") == 1
    assert running.home.state.exists()


def test_status_and_doctor_find_everything_well(running: Checkout) -> None:
    status = running.command("status")
    doctor = running.command("doctor")

    until(lambda: environment_of(running, "wards"))
    assert status.stdout.count(" ready") == 4
    assert (doctor.returncode, doctor.stdout.count("✓"), doctor.stdout.count("✗")) == (0, 8, 0), doctor.stdout


def test_nothing_outlives_a_supervisor_ended_by_force_and_the_next_takes_over(running: Checkout) -> None:
    broker = f"127.0.0.1:{running.part('kafka')['port']}"
    with a_checkout() as checkout:
        killed = checkout.start(KAFKA_BOOTSTRAP_SERVERS=broker)
        first, orphans = checkout.state()["parts"], family(killed)
        assert list(first) == ["postgres", "assignments", "wards"]

        killed.kill()
        until(lambda: not alive(orphans))
        again = checkout.start(KAFKA_BOOTSTRAP_SERVERS=broker)
        second, processes = checkout.state()["parts"], family(again)
        again.send_signal(signal.SIGINT)

        assert again.wait(20) == 0, checkout.shown()
        assert alive(processes) == []
        assert ports_of(second) == ports_of(first)
        assert checkout.command("reset", "--yes").stdout == f"Deleted {checkout.home.root}.\n"
        assert not checkout.home.root.exists()


def ports_of(parts: dict[str, Any]) -> dict[str, int]:
    return {name: part["port"] for name, part in parts.items()}


def test_an_unknown_role_is_one_line_with_the_roles(running: Checkout) -> None:
    refused = running.command("token", "--role", "king")

    assert refused.returncode == 1
    assert refused.stderr.startswith("There is no role king. The roles are: recruiter, ")
    assert refused.stderr.count("\n") == 1
    assert running.command("token", "--role", "recruiter").stdout.count(".") == 2
