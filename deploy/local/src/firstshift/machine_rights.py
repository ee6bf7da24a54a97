"""What whoever runs the machine may ask of identity without a token: its commands, which read its database."""

import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime

from firstshift.errors import CannotRun
from firstshift.home import Home
from firstshift.launch import inherited_environment
from firstshift.outside import external_database
from firstshift.portal import IDENTITY
from firstshift.ports import remembered_ports
from firstshift.postgres import database_url


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorSecret:
    """By what this machine's command line signs in as an API client, and until when (real time)."""

    client_id: str
    secret: str
    expires_at: datetime


def bootstrap_code(home: Home) -> str:
    """A fresh code, valid for an hour. Raises: CannotRun when there is an administrator, or no database."""
    return _said(home, "bootstrap")


def new_operator_secret(home: Home) -> OperatorSecret:
    """The one secret of this machine's operator client from now on. Raises: CannotRun when there is no database."""
    said = json.loads(_said(home, "operator-secret"))
    return OperatorSecret(**{**said, "expires_at": datetime.fromisoformat(said["expires_at"])})


def _said(home: Home, command: str) -> str:
    address = external_database(IDENTITY) or database_url(home, remembered_ports(home).get("postgres", 0), IDENTITY)
    done = subprocess.run(
        [sys.executable, "-P", "-m", IDENTITY, command],
        env={**inherited_environment(), "DATABASE_URL": address},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise CannotRun(f"identity does not answer to {command}.", said[-1])
    return done.stdout.strip()
