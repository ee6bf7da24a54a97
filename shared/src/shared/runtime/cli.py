"""The commands that every service has: `python -m payroll serve | api | worker | migrate | republish | vectors`.

Each loads what it needs when it is called: a migration waits for no web framework, and most of a service's start is
loading code.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shared.runtime.settings import ServiceSettings
from shared.runtime.vectors import answer_vectors

if TYPE_CHECKING:
    from shared.runtime.definition import Service

Since = Annotated[datetime | None, typer.Option(help="Only events recorded since this instant (UTC).")]
For = Annotated[str | None, typer.Option("--for", help="Only for this consumer; others ignore the repetition.")]


def commands(
    name: str, *, make: "Callable[[], Service] | None" = None, vectors: Mapping[str, str] | None = None
) -> typer.Typer:
    """The command line of the service of this name, which `<name>.main.service` puts together unless `make` does.

    `vectors` names the function that answers each group of test vectors, as `module:function`.
    """
    cli = typer.Typer(no_args_is_help=True, add_completion=False, help="One Firstshift service.")

    def made() -> "Service":
        service: Service = make() if make else import_module(f"{name}.main").service()
        return service

    @cli.command("serve", help="Run API and worker in one process.")
    def serve() -> None:
        import_module("shared.runtime.process").serve(made(), with_worker=True)

    @cli.command("api", help="Run the API alone.")
    def api() -> None:
        import_module("shared.runtime.process").serve(made(), with_worker=False)

    @cli.command("worker", help="Run relay, consumer, repairs and jobs alone.")
    def worker() -> None:
        import_module("shared.runtime.process").work(made())

    @cli.command("migrate", help="Bring the database up to date.")
    def migrate() -> None:
        import_module("shared.db.migrate").migrate(ServiceSettings().database_url, name)

    @cli.command("republish", help="Send published events once more, from the outbox.")
    def republish(since: Since = None, consumer: For = None) -> None:
        since = since and since.replace(tzinfo=since.tzinfo or UTC)
        sending = import_module("shared.runtime.process").send_again(made(), since=since, consumer=consumer)
        typer.echo(f"{asyncio.run(sending)} events sent again")

    @cli.command("vectors", help="Answer test vectors: JSON in, JSON out.")
    def answer() -> None:
        answers = {group: _function(place) for group, place in (vectors or {}).items()}
        answer_vectors(answers, source=sys.stdin, target=sys.stdout)

    return cli


def _function(place: str) -> Any:
    module, _, function = place.partition(":")
    return getattr(import_module(module), function)
