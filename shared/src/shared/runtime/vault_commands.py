"""`python -m payroll vault …`: makes key files, adds wrapping keys, and turns to new ones."""

import asyncio
from collections.abc import Coroutine
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.errors import Unavailable
from shared.runtime.settings import ServiceSettings

KeyFile = Annotated[Path, typer.Argument(help="The key file; the service is told of it by VAULT_KEYS.")]
Subject = Annotated[str, typer.Argument(help="The id of the person.")]


def vault_commands(name: str) -> typer.Typer:
    """The commands about the vault of the service of this name."""
    cli = typer.Typer(no_args_is_help=True, help="Keys of the service's private values.")

    @cli.command("make-keys", help="Make a key file. Keep a copy apart: without it nothing opens any more.")
    def make_keys(file: KeyFile) -> None:
        try:
            import_module("shared.vault.keys").make_key_file(file)
        except OSError as error:
            raise typer.BadParameter(f"{file}: {error.strerror}") from None
        typer.echo(f"made {file}; start the service with VAULT_KEYS={file.resolve()}")

    @cli.command("add-wrapping-key", help="Add a wrapping key to the file and make it the current one.")
    def add_wrapping_key(file: KeyFile) -> None:
        try:
            kek_id = import_module("shared.vault.keys").add_wrapping_key(file)
        except (OSError, ValueError, KeyError, TypeError):
            raise typer.BadParameter(f"{file} is no key file; `vault make-keys` makes one") from None
        typer.echo(f"{kek_id} wraps from now on; `vault rotate-wrapping` turns the older keys to it")

    @cli.command("rotate-wrapping", help="Wrap every key by the current wrapping key; no value is touched.")
    def rotate_wrapping() -> None:
        typer.echo(f"{_done(_maintenance(name).rotate_wrapping())} keys wrapped anew")

    @cli.command("rotate-key", help="Give one person a new key; a job then seals their values with it.")
    def rotate_key(subject: Subject) -> None:
        _done(_maintenance(name).rotate_key(subject))
        typer.echo(f"the next value of {subject} is sealed with a new key")

    return cli


def _maintenance(name: str) -> Any:
    return import_module("shared.vault.maintenance").Maintenance(name, ServiceSettings())


def _done(task: Coroutine[Any, Any, Any]) -> Any:
    """What came of it; without usable keys, the reason and the repair on one line."""
    try:
        return asyncio.run(task)
    except Unavailable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
