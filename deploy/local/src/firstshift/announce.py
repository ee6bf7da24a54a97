"""What a newcomer sees once everything is ready: where things are, the first command, how to stop."""

import json
import shutil
import sys
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from firstshift.demo_offers import Goal, Plan, offer_body
from firstshift.services import base_url
from shared.clock import SystemClock

FIRST_OFFER = Plan(
    reference="O-6001",
    clinician="C-1039",
    facility="F-201",
    unit="ICU",
    specialty="ICU",
    week=4,
    weeks=13,
    shift="3x12 nights",
    housing="stipend",
    goal=Goal.ACCEPTED,
    twist="",
)
"""An offer for a clinician whom the demo leaves free."""


def announce(console: Console, ports: Mapping[str, int], *, has_demo: bool) -> None:
    """Print the services with their addresses, and first requests that work as they stand."""
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    for heading in ("service", "URL", "OpenAPI"):
        table.add_column(heading, no_wrap=True)
    for service, port in ports.items():
        table.add_row(service, base_url(port), f"{base_url(port)}/openapi.json")
    console.print()
    console.print(table)
    console.print()
    for line in _hints(ports, has_demo=has_demo):
        console.print(line, markup=False)
    console.print()


def command_name() -> str:
    """How this command is typed here: by name when the shell finds it, else by its path, from here if it is short."""
    if shutil.which("firstshift"):
        return "firstshift"
    path = Path(sys.executable).with_name("firstshift")
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def offer_curl(address: str, token: str, *, today: date) -> str:
    """The command that posts the first offer, which starts four weeks after this week's Monday."""
    body = offer_body(FIRST_OFFER, discipline="RN", monday=today - timedelta(days=today.weekday()))
    lines = (
        f"curl -s -X POST {address}",
        f'-H "Authorization: Bearer {token}"',
        '-H "Idempotency-Key: try-1" -H "Content-Type: application/json"',
        f"-d '{json.dumps(body)}'",
    )
    return " \\\n    ".join(lines)


def _hints(ports: Mapping[str, int], *, has_demo: bool) -> list[str]:
    if "assignments" not in ports:
        return ["Stop:       Ctrl-C"]
    command = command_name()
    token = f"$({command} token --role recruiter)"
    address = f"{base_url(ports['assignments'])}/v1/assignments"
    hints = [f'Try it:     curl -s -H "Authorization: Bearer {token}" {address}']
    if has_demo:
        hints.append(f"An offer:   {offer_curl(address, token, today=SystemClock().now().date())}")
    return [
        *hints,
        f"Watch:      {command} trace <assignment_id>, or {command} events tail",
        "Stop:       Ctrl-C",
    ]
