"""The command `firstshift`. A new group: a file `commands_<group>.py` with a typer `app`, and a line here."""

from collections.abc import Sequence
from importlib import import_module

import typer

GROUPS = {
    "up": "commands_up",
    "status": "commands_status",
    "token": "commands_token",
    "events": "commands_events",
    "trace": "commands_trace",
    "parked": "commands_parked",
    "clock": "commands_clock",
    "audit": "commands_audit",
    "identity": "commands_identity",
    "doctor": "commands_doctor",
    "reset": "commands_reset",
}


def build(arguments: Sequence[str]) -> typer.Typer:
    """The command with the group that is asked for, or with all of them: each costs a part of a second."""
    app = typer.Typer(
        help="Runs all of Firstshift on one machine.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_keep_names)
    asked = next((argument for argument in arguments if argument in GROUPS), None)
    for name in [asked] if asked else GROUPS:
        app.add_typer(import_module(f"firstshift.{GROUPS[name]}").app)
    return app


def _keep_names() -> None:
    """Runs all of Firstshift on one machine."""
