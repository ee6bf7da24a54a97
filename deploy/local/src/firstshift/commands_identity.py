"""`firstshift identity`: the first administrator, and the demo's accounts."""

import typer
from rich.console import Console

from firstshift.demo_accounts import account_table, code_now
from firstshift.demo_keyring import keyring_of
from firstshift.machine_rights import bootstrap_code
from firstshift.running import find_running
from firstshift.workspace import find_home, find_workspace

app = typer.Typer()
identity = typer.Typer(help="Accounts: the first administrator, and those of the demo.", no_args_is_help=True)
app.add_typer(identity, name="identity")


@identity.command()
def bootstrap() -> None:
    """Print a code, valid for an hour, by which the first administrator comes in."""
    running = find_running()
    running.must_know("identity")
    print(bootstrap_code(running.home))


@identity.command()
def accounts() -> None:
    """Show the accounts of the demo and how to sign in with each."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(account_table(keyring_of(find_home(find_workspace()))))


@identity.command()
def code(email: str) -> None:
    """Print the code of a demo account's second factor, as an app would show it now."""
    print(code_now(keyring_of(find_home(find_workspace())), email))
