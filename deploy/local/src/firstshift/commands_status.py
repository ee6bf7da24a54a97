"""`firstshift status`: what runs now."""

import asyncio

import httpx
import psutil
import typer
from rich.console import Console
from rich.table import Table

from firstshift.home import read_json
from firstshift.running import SERVERS
from firstshift.services import answers_ready, base_url
from firstshift.workspace import find_home, find_workspace

app = typer.Typer()


@app.command()
def status() -> None:
    """Show every running part: its process, its port, how often it was restarted, whether it is ready."""
    console = Console(highlight=False)
    home = find_home(find_workspace())
    holder = home.holder()
    if holder is None:
        console.print("Firstshift is not running. `make run` starts it.")
        return
    parts = read_json(home.state).get("parts", {})
    ready = asyncio.run(ask_ready({name: part["port"] for name, part in parts.items() if name not in SERVERS}))
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="bold")
    for heading in ("part", "process", "address", "restarts", "state"):
        table.add_column(heading, no_wrap=True)
    for name, part in parts.items():
        is_well = ready.get(name, psutil.pid_exists(part["pid"]))
        state = "[green]ready[/]" if is_well else "[red]not ready[/]"
        table.add_row(name, str(part["pid"]), base_url(part["port"])[7:], str(part["deaths"]), state)
    console.print(f"Firstshift runs as process {holder} on {home.root}")
    console.print(table)


async def ask_ready(ports: dict[str, int]) -> dict[str, bool]:
    """Whether each service says that it can take work."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answers = await asyncio.gather(*(answers_ready(http, port) for port in ports.values()))
    return dict(zip(ports, answers, strict=True))
