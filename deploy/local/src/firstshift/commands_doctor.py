"""`firstshift doctor`: what is wrong, and the one fix for each."""

import asyncio

import typer
from rich.console import Console

from firstshift.checks import (
    Check,
    disk_check,
    folder_check,
    jars_check,
    java_check,
    ports_check,
    python_check,
    service_checks,
)
from firstshift.commands_status import ask_ready
from firstshift.home import Home, read_json
from firstshift.kafka_jars import cache_folder
from firstshift.running import SERVERS
from firstshift.workspace import find_home, find_services, find_workspace

app = typer.Typer()


@app.command()
def doctor() -> None:
    """Check this machine and what runs on it; exit 1 when something is to be fixed."""
    console = Console(highlight=False, soft_wrap=True)
    workspace = find_workspace()
    home = find_home(workspace)
    checks = [python_check(), disk_check(home), java_check(), jars_check(cache_folder()), folder_check(home)]
    checks += _running_checks(home, find_services(workspace))
    for check in checks:
        _show(console, check)
    raise typer.Exit(any(check.fix for check in checks))


def _running_checks(home: Home, services: list[str]) -> list[Check]:
    holder = home.holder()
    if holder is None:
        return [Check(subject="running", found="no"), ports_check(home)]
    parts = read_json(home.state).get("parts", {})
    running = {name: part["port"] for name, part in parts.items() if name not in SERVERS}
    ready = dict.fromkeys(services, False) | asyncio.run(ask_ready(running))
    return [Check(subject="running", found=f"process {holder}"), *service_checks(ready, home.logs)]


def _show(console: Console, check: Check) -> None:
    mark = "[bold red]✗[/]" if check.fix else "[green]✓[/]"
    console.print(f"{mark} {check.subject:<14} ", end="")
    console.print(check.found, markup=False)
    if check.fix:
        console.print(f"  {'':<14} → {check.fix}", markup=False)
