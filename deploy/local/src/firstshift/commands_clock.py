"""`firstshift clock`: what time it is in the business, and (test mode) a later one."""

import asyncio
from datetime import datetime
from typing import Annotated

import typer
from rich.console import Console

from firstshift.clock_travel import advance as advance_all
from firstshift.clock_travel import clocks
from firstshift.operators import operator_of
from firstshift.running import find_running

app = typer.Typer()
clock = typer.Typer(help="Business time, and moving it forward in test mode.", no_args_is_help=True)
app.add_typer(clock, name="clock")


@clock.command()
def show() -> None:
    """Show the business time of every service."""
    console = Console(highlight=False)
    for service, now in asyncio.run(_clocks()).items():
        console.print(f"{service:<14} {now:%a %Y-%m-%d %H:%M:%S} UTC")


@clock.command()
def advance(to: Annotated[str, typer.Argument(help="3d, 12h, 30m, 2w, a day (its noon, UTC), or an instant.")]) -> None:
    """Take every service forward, one after the other, waiting until each has done what fell due."""
    console = Console(highlight=False, soft_wrap=True)
    reached = asyncio.run(_advance(to, console))
    console.print(f"It is {reached:%a %Y-%m-%d %H:%M} UTC everywhere.")


async def _clocks() -> dict[str, datetime]:
    async with operator_of(find_running()) as operator:
        return await clocks(operator)


async def _advance(to: str, console: Console) -> datetime:
    async with operator_of(find_running()) as operator:
        return await advance_all(operator, to, lambda service: console.print(f"{service} has moved", style="dim"))
