"""`firstshift token`: a signed token to call the APIs with."""

from typing import Annotated

import typer

from firstshift.tokens import sign_token
from firstshift.workspace import find_home, find_workspace

app = typer.Typer()


@app.command()
def token(
    *,
    role: Annotated[list[str], typer.Option(help="What the person may do; give it again for a second role.")],
    subject: Annotated[str | None, typer.Option(help="Who the person is.")] = None,
    minutes: Annotated[int, typer.Option(min=1, max=1440, help="How long the token lives.")] = 5,
) -> None:
    """Print a signed token for a person of these roles."""
    home = find_home(find_workspace())
    print(sign_token(home, roles=role, subject=subject, minutes=minutes))
