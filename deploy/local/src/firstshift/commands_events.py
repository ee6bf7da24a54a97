"""`firstshift events tail`: what the services tell each other, as it goes over Kafka."""

import asyncio
import logging
from contextlib import suppress
from typing import Annotated

import typer
from rich.console import Console

from firstshift.errors import CannotRun
from firstshift.event_tail import Wanted, arriving, event_line, present, reader, topics_like
from firstshift.outside import external_broker
from firstshift.running import find_running

app = typer.Typer()
events = typer.Typer(help="What the services tell each other.", no_args_is_help=True)
app.add_typer(events, name="events")


@events.command()
def tail(
    *,
    topic: Annotated[str | None, typer.Option(help="Only this topic, or those whose name holds this.")] = None,
    assignment: Annotated[str | None, typer.Option(help="Only events about this assignment.")] = None,
    event_type: Annotated[str | None, typer.Option("--type", help="Only this event, as in offer.accepted.")] = None,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="First all that is there.")] = False,
    follow: Annotated[bool, typer.Option(help="Wait for more; --no-follow shows all that is there and stops.")] = True,
    data: Annotated[bool, typer.Option("--data", help="Whole events, with names and contacts.")] = False,
) -> None:
    """Show events in one line each, until Ctrl-C."""
    wanted = Wanted(topics=topics_like(topic), assignment=assignment, type=event_type)
    broker = external_broker() or find_running().broker
    if not broker:
        raise CannotRun("The address of Kafka is not known here.", "Set KAFKA_BOOTSTRAP_SERVERS as for `up`.")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    with suppress(KeyboardInterrupt):
        asyncio.run(_tail(broker, wanted, with_history=from_beginning or not follow, follow=follow, data=data))


async def _tail(broker: str, wanted: Wanted, *, with_history: bool, follow: bool, data: bool) -> None:
    console = Console(highlight=False, soft_wrap=True)
    async with reader(broker, wanted.topics, from_beginning=with_history) as consumer:
        found = await present(consumer, wanted) if with_history else []
        while True:
            for one in found:
                console.print(event_line(one, with_data=data))
            if not follow:
                return
            found = await arriving(consumer, wanted)
