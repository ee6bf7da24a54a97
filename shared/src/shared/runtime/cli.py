"""The commands that every service has: `python -m payroll serve | api | worker | migrate | republish | vectors`."""

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated

import typer

from shared.db.engine import make_engine
from shared.db.migrate import migrate
from shared.messaging.kafka import KafkaBroker
from shared.messaging.republish import republish
from shared.runtime import process
from shared.runtime.definition import Service
from shared.runtime.vectors import Answer, answer_vectors

Since = Annotated[datetime | None, typer.Option(help="Only events recorded since this instant (UTC).")]
For = Annotated[str | None, typer.Option("--for", help="Only for this consumer; others ignore the repetition.")]


def commands(make: Callable[[], Service], vectors: Mapping[str, Answer] | None = None) -> typer.Typer:
    """The command line of one service; its settings are read when a command needs them."""
    cli = typer.Typer(no_args_is_help=True, add_completion=False, help="One Firstshift service.")

    @cli.command("serve", help="Run API and worker in one process.")
    def serve() -> None:
        process.serve(make(), with_worker=True)

    @cli.command("api", help="Run the API alone.")
    def api() -> None:
        process.serve(make(), with_worker=False)

    @cli.command("worker", help="Run relay, consumer, repairs and jobs alone.")
    def worker() -> None:
        process.work(make())

    @cli.command("migrate", help="Bring the database up to date.")
    def migrate_database() -> None:
        service = make()
        migrate(service.settings.database_url, service.name)

    @cli.command("republish", help="Send published events once more, from the outbox.")
    def republish_events(since: Since = None, consumer: For = None) -> None:
        typer.echo(f"{asyncio.run(_republish(make(), since, consumer))} events sent again")

    @cli.command("vectors", help="Answer test vectors: JSON in, JSON out.")
    def run_vectors() -> None:
        answer_vectors(vectors or {}, source=sys.stdin, target=sys.stdout)

    return cli


async def _republish(service: Service, since: datetime | None, consumer: str | None) -> int:
    since = since and since.replace(tzinfo=since.tzinfo or UTC)
    engine = make_engine(service.settings.database_url, application_name=f"{service.name}-republish")
    producer = await KafkaBroker(service.settings.kafka_bootstrap_servers).producer()
    try:
        return await republish(service.name, engine, producer=producer, since=since, consumer=consumer)
    finally:
        await producer.close()
        await engine.dispose()
