"""`firstshift reset`: back to an empty data folder."""

import shutil
from typing import Annotated

import typer

from firstshift.errors import CannotRun
from firstshift.workspace import find_home, find_workspace

app = typer.Typer()


@app.command()
def reset(*, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False) -> None:
    """Delete the data folder: databases, events, keys and logs."""
    home = find_home(find_workspace())
    if not home.root.exists():
        print(f"There is nothing in {home.root}.")
        return
    if not home.lock.exists():
        raise CannotRun(
            f"{home.root} is not a data folder of Firstshift.", "Check FIRSTSHIFT_HOME; nothing was deleted."
        )
    if not yes:
        typer.confirm(f"Delete everything in {home.root}?", abort=True)
    with home.held():
        shutil.rmtree(home.root)
    print(f"Deleted {home.root}.")
