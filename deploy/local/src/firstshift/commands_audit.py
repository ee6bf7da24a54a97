"""`firstshift audit verify`: whether every service's audit is as it was written."""

import os
import subprocess
import sys

import typer

from firstshift.home import Home, read_json
from firstshift.outside import external_database
from firstshift.postgres import database_url
from firstshift.running import find_running

app = typer.Typer()
audit = typer.Typer(help="The audit: who did what, chained so that no change stays unseen.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command()
def verify() -> None:
    """Check every entry against its seal and the anchors outside the database; name the first bad row."""
    running = find_running()
    codes = [_check(running.home, service) for service in running.urls]
    raise typer.Exit(int(any(codes)))


def _check(home: Home, service: str) -> int:
    port = read_json(home.state)["parts"].get("postgres", {}).get("port", 0)
    told = {
        "DATABASE_URL": external_database(service) or database_url(home, port, service),
        "AUDIT_KEY": str(home.audit_key()),
        "AUDIT_ANCHORS": str(home.anchors),
    }
    command = [sys.executable, "-P", "-m", service, "audit"]
    done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True)
    print(f"{service:<14} {(done.stdout or done.stderr).strip().splitlines()[-1]}")
    return done.returncode
