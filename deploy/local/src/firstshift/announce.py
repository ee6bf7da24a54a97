"""What a newcomer sees once everything is ready: where things are, the first command, how to stop."""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from rich.console import Console
from rich.table import Table

from firstshift.demo_offers import Goal, Plan, offer_body
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


def announce(
    console: Console,
    urls: Mapping[str, str],
    *,
    has_demo: bool,
    accounts: Table | None = None,
    may_ask: bool = True,
    stops: Sequence[tuple[str, str]] = (),
) -> None:
    """Print the services with their addresses, who can sign in, and first requests that work as they stand.

    `may_ask`: somebody has an account, or needs none. `stops` are pages of the portal to look at first.
    """
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    for heading in ("service", "URL", "OpenAPI"):
        table.add_column(heading, no_wrap=True)
    for service, url in urls.items():
        table.add_row(service, url, f"{url}/openapi.json")
    for shown in (table, accounts):
        if shown:
            console.print()
            console.print(shown)
    console.print()
    for line in (*_hints(urls, has_demo=has_demo, may_ask=may_ask), *_visit(urls, stops)):
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


def _visit(urls: Mapping[str, str], stops: Sequence[tuple[str, str]]) -> list[str]:
    """The portal, last of all, so that it stands at the end of the screen."""
    if "portal" not in urls:
        return []
    width = max((len(what) for what, _ in stops), default=0)
    return ["", f"The portal: {urls['portal']}", *(f"  {what:<{width}}  {address}" for what, address in stops)]


def _hints(urls: Mapping[str, str], *, has_demo: bool, may_ask: bool) -> list[str]:
    command, stop = command_name(), "Stop:       Ctrl-C"
    if not may_ask:
        first = f"{command} identity bootstrap prints the code for POST {urls['identity']}/v1/bootstrap"
        return [f"Accounts:   there are none yet; {first}", stop]
    if "assignments" not in urls:
        return [stop]
    token = f"$({command} token --role recruiter)"
    address = f"{urls['assignments']}/v1/assignments"
    hints = [
        f"A token:    {command} token --role recruiter",
        f'Try it:     curl -s -H "Authorization: Bearer {token}" {address}',
    ]
    if has_demo:
        hints.append(f"An offer:   {offer_curl(address, token, today=SystemClock().now().date())}")
    return [*hints, f"Watch:      {command} trace <assignment_id>, or {command} events tail", stop]
