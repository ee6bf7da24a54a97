"""`firstshift parked`: events that a service could not apply, and what to do about them."""

import asyncio
import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from firstshift.facts import facts, whole
from firstshift.operators import NoAnswer, operator_of
from firstshift.running import find_running

COLUMNS = ("service", "id", "event", "version", "key", "reason", "attempts", "parked", "tried again")

app = typer.Typer()
parked = typer.Typer(help="Events that a service could not apply: look, try again, give up.", no_args_is_help=True)
app.add_typer(parked, name="parked")

Service = Annotated[str, typer.Argument(help="The service that holds it.")]
ParkedId = Annotated[int, typer.Argument(min=1, help="Its id, as `parked ls` shows it.")]


@parked.command()
def ls() -> None:
    """List the events that wait in any service."""
    console = Console(highlight=False, soft_wrap=True)
    held, silent = asyncio.run(_all_held())
    for failure in silent:
        console.print(Text(f"Without {failure.service}, which did not answer ({failure.why}).", style="bold red"))
    if not held:
        console.print("Nothing is parked.")
        raise typer.Exit(bool(silent))
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for heading in COLUMNS:
        table.add_column(heading, no_wrap=True)
    for service, event in held:
        table.add_row(*parked_row(service, event))
    console.print(table)
    console.print("`firstshift parked show <service> <id>` tells why; then `replay` or `skip`.")


@parked.command()
def show(
    service: Service,
    parked_id: ParkedId,
    *,
    data: Annotated[bool, typer.Option("--data", help="Its whole value, with names and contacts.")] = False,
) -> None:
    """Show why one event waits, and what it says."""
    console = Console(highlight=False, soft_wrap=True)
    event = asyncio.run(_get(service, parked_id))
    for name, value in event.items():
        if name not in ("value", "headers") and value is not None:
            console.print(Text(f"{name:<10} ", style="dim").append(str(value)))
    for name, value in event["headers"].items():
        console.print(Text(f"{name:<20} ", style="dim").append(str(value)))
    console.print(Text(_value(event, with_data=data)))


@parked.command()
def replay(
    service: Service,
    parked_id: ParkedId,
    *,
    accept_gap: Annotated[bool, typer.Option("--accept-gap", help="Give up the versions missing before it.")] = False,
) -> None:
    """Try one event again, now."""
    asyncio.run(_settle(service, parked_id, "replay", {"accept_gap": accept_gap}))
    print(f"{service} tries event {parked_id} again; `firstshift parked ls` shows it if it fails once more.")


@parked.command()
def skip(
    service: Service,
    parked_id: ParkedId,
    *,
    reason: Annotated[str, typer.Option(help="Why it may be given up; kept in the record.")],
) -> None:
    """Give one event up for good; the later ones of its key go on."""
    asyncio.run(_settle(service, parked_id, "skip", {"reason": reason}))
    print(f"{service} has given event {parked_id} up.")


def parked_row(service: str, event: Mapping[str, Any]) -> tuple[str, ...]:
    """One waiting event in the columns of the list."""
    return (
        service,
        str(event["id"]),
        event["type"] or "?",
        f"v{event['version']}" if event["version"] is not None else "?",
        event["key"],
        event["reason"],
        str(event["attempts"]),
        _moment(event["parked_at"]),
        _moment(event["retry_at"]) if event["retry_at"] else "by hand",
    )


def _moment(instant: str) -> str:
    return instant[:19].replace("T", " ")


def _value(event: Mapping[str, Any], *, with_data: bool) -> str:
    if event["value"] is None:
        return "It has no value."
    try:
        data = json.loads(event["value"])
    except ValueError:
        return str(event["value"]) if with_data else "Its value is no JSON; --data shows it."
    return whole(data) if with_data else facts(event["topic"], data)


async def _all_held() -> tuple[list[tuple[str, dict[str, Any]]], list[NoAnswer]]:
    async with operator_of(find_running()) as operator:
        answers, silent = await operator.ask_all("/v1/parked-events")
    return [(name, one) for name, answer in answers.items() for one in answer["items"]], silent


async def _get(service: str, parked_id: int) -> dict[str, Any]:
    async with operator_of(find_running()) as operator:
        return await operator.get(service, f"/v1/parked-events/{parked_id}")


async def _settle(service: str, parked_id: int, verb: str, body: dict[str, object]) -> None:
    async with operator_of(find_running()) as operator:
        await operator.post(service, f"/v1/parked-events/{parked_id}:{verb}", body)
