"""Asks identity for the code that lets its first administrator in, as whoever runs the machine may."""

import subprocess
import sys

from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.launch import inherited_environment
from firstshift.outside import external_database
from firstshift.ports import remembered_ports
from firstshift.postgres import database_url

SERVICE = "identity"


def bootstrap_code(home: Home) -> str:
    """A fresh code, valid for an hour. Raises: CannotRun when there is an administrator, or no database."""
    address = external_database(SERVICE) or database_url(home, remembered_ports(home).get("postgres", 0), SERVICE)
    done = subprocess.run(
        [sys.executable, "-P", "-m", SERVICE, "bootstrap"],
        env={**inherited_environment(), "DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise CannotRun("identity gives no code.", said[-1])
    return done.stdout.strip()
