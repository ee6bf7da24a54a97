"""`firstshift trace`: everything that happened about one assignment, over all services."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from firstshift.errors import CannotRun
from firstshift.facts import clock_time, facts
from firstshift.operators import NoAnswer, operator_of
from firstshift.running import find_running
from firstshift.timeline import Step, Traced, one_timeline

FACTS_WIDTH = 110

app = typer.Typer()


@app.command()
def trace(assignment: Annotated[str, typer.Argument(help="Its id, asg_…")]) -> None:
    """Show one timeline of an assignment over all services, each event under what caused it."""
    console = Console(highlight=False, soft_wrap=True)
    steps, silent = asyncio.run(_gather(assignment))
    for step in steps:
        console.print(step_line(step))
    for failure in silent:
        console.print(Text(f"Without {failure.service}, which did not answer ({failure.why}).", style="bold red"))
    if not steps:
        raise CannotRun(f"Nothing was published about {assignment}.", "GET /v1/assignments lists those that exist.")
    raise typer.Exit(bool(silent))


def step_line(step: Step) -> Text:
    """An event in one line: number, time, service, event and version under its cause, actor, what it says."""
    event = step.event
    line = Text(f"{step.number:>4}  {clock_time(event.time)}  ", style="dim")
    line.append(f"{event.service:<14} ", style="cyan")
    line.append("  " * (step.depth - 1) + "└ " if step.depth else "", style="dim")
    line.append(event.type, style="bold").append(f" v{event.version}")
    if step.cause is not None:
        line.append(f" ←{step.cause}", style="dim")
    if not event.is_published:
        line.append("  not yet published", style="bold yellow")
    line.append(f"  by {event.actor}")
    said = facts(event.topic, event.data)
    short = said if len(said) <= FACTS_WIDTH else f"{said[: FACTS_WIDTH - 1]}…"
    return line.append(f"  {short}", style="dim")


async def _gather(assignment: str) -> tuple[tuple[Step, ...], list[NoAnswer]]:
    async with operator_of(find_running()) as operator:
        answers, silent = await operator.ask_all("/v1/timeline", assignment_id=assignment)
    events = [Traced.of(service, entry) for service, answer in answers.items() for entry in answer["items"]]
    return one_timeline(events), silent
