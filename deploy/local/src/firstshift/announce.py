"""What a newcomer sees once everything is ready: where things are, the first command, how to stop."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from firstshift.services import base_url


def announce(console: Console, ports: Mapping[str, int]) -> None:
    """Print the services with their addresses, and a first request that works as it stands."""
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    for heading in ("service", "URL", "API docs"):
        table.add_column(heading, no_wrap=True)
    for service, port in ports.items():
        table.add_row(service, base_url(port), f"{base_url(port)}/docs")
    console.print()
    console.print(table)
    console.print()
    for line in _hints(ports):
        console.print(line, markup=False)
    console.print()


def command_name() -> str:
    """How this command is typed here: by name when the shell finds it, else by its path."""
    return "firstshift" if shutil.which("firstshift") else str(Path(sys.executable).with_name("firstshift"))


def _hints(ports: Mapping[str, int]) -> list[str]:
    hints = ["Stop:       Ctrl-C"]
    if "assignments" in ports:
        token = f"$({command_name()} token --role recruiter)"
        address = f"{base_url(ports['assignments'])}/v1/assignments"
        hints.insert(0, f'Try it:     curl -s -H "Authorization: Bearer {token}" {address}')
    return hints
