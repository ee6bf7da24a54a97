"""The commands of every service: `python -m payroll serve | api | worker | migrate | republish | audit | vault …`.

Each loads what it needs when it is called: a migration waits for no web framework, and most of a service's start is
loading code.
"""

import asyncio
import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from shared.runtime.settings import ServiceSettings, SettingFault
from shared.runtime.vault_commands import vault_commands
from shared.runtime.vectors import answer_vectors

if TYPE_CHECKING:
    from shared.runtime.definition import Service

    Loaded = Callable[[], tuple[Any, Service]]

EX_CONFIG = 78  # sysexits.h
YIELDING = 10
"""How nice a worker is: where both want the machine, whoever a person waits for comes first (ADR 0018)."""

Since = Annotated[datetime | None, typer.Option(help="Only events recorded since this instant (UTC).")]
For = Annotated[str | None, typer.Option("--for", help="Only for this consumer; others ignore the repetition.")]


def commands(
    name: str, *, make: "Callable[[], Service] | None" = None, vectors: Mapping[str, str] | None = None
) -> typer.Typer:
    """The command line of the service of this name, which `<name>.main.service` puts together unless `make` does.

    `vectors` names the function that answers each group of test vectors, as `module:function`.
    """
    cli = typer.Typer(no_args_is_help=True, add_completion=False, help="One Firstshift service.")

    def loaded() -> "tuple[Any, Service]":
        with _no_collection(), _plainly():
            process = import_module("shared.runtime.process")
            return process, make() if make else import_module(f"{name}.main").service()

    _add_processes(cli, loaded)
    _add_keeping(cli, name, loaded=loaded)
    cli.add_typer(vault_commands(name), name="vault")

    @cli.command("vectors", help="Answer test vectors: JSON in, JSON out.")
    def answer() -> None:
        answers = {group: _function(place) for group, place in (vectors or {}).items()}
        answer_vectors(answers, source=sys.stdin, target=sys.stdout)

    return cli


def _add_processes(cli: typer.Typer, loaded: "Loaded") -> None:
    """What keeps running."""

    @cli.command("serve", help="Run API and worker in one process.")
    def serve() -> None:
        process, service = loaded()
        process.serve(service, with_worker=True)

    @cli.command("api", help="Run the API alone.")
    def api() -> None:
        process, service = loaded()
        process.serve(service, with_worker=False)

    @cli.command("worker", help="Run relay, consumer, repairs and jobs alone; its port answers operators only.")
    def worker() -> None:
        os.nice(YIELDING)
        process, service = loaded()
        process.serve(service, with_api=False, with_worker=True)


def _add_keeping(cli: typer.Typer, name: str, *, loaded: "Loaded") -> None:
    """What keeps the service's data in order."""

    @cli.command("migrate", help="Bring the database up to date.")
    def migrate() -> None:
        with _plainly():
            settings = ServiceSettings()
        owner_url = settings.migration_database_url
        import_module("shared.db.migrate").migrate(settings.database_url, name, owner_url=owner_url)

    @cli.command("republish", help="Send published events once more, from the outbox.")
    def republish(since: Since = None, consumer: For = None) -> None:
        since = since and since.replace(tzinfo=since.tzinfo or UTC)
        process, service = loaded()
        sent = asyncio.run(process.send_again(service, since=since, consumer=consumer))
        typer.echo(f"{sent} events sent again")

    @cli.command("audit", help="Check the whole audit against its seals and anchors.")
    def audit() -> None:
        with _plainly():
            settings = ServiceSettings()
        found = asyncio.run(import_module("shared.audit.check").check(name, settings))
        typer.echo(found.told())
        raise typer.Exit(found.fault is not None)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Loading code makes hardly any garbage: a collector that looks for it all the same takes a tenth of the start."""
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        gc.enable()


@contextmanager
def _plainly() -> Iterator[None]:
    """Says what is wrong with the settings, a line each, without their values; ends with EX_CONFIG."""
    try:
        yield
    except ValidationError as faulty:
        for fault in faulty.errors(include_url=False, include_context=False, include_input=False):
            typer.echo(f"{'_'.join(map(str, fault['loc'])).upper()}: {fault['msg']}", err=True)
        raise typer.Exit(EX_CONFIG) from None
    except SettingFault as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(EX_CONFIG) from None


def _function(place: str) -> Any:
    module, _, function = place.partition(":")
    return getattr(import_module(module), function)
