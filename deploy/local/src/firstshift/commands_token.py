"""`firstshift token`: a signed token to call the APIs with."""

import asyncio
from typing import Annotated

import typer

from firstshift.errors import CannotRun
from firstshift.issuer import signs_in
from firstshift.running import find_running
from firstshift.tokens import require_known, sign_token

LOCAL_MINUTES = 5

app = typer.Typer()


@app.command()
def token(
    *,
    role: Annotated[list[str], typer.Option(help="What the person may do.")],
    subject: Annotated[str | None, typer.Option(help="Test mode: who the person is.")] = None,
    minutes: Annotated[int | None, typer.Option(min=1, max=1440, help="Test mode: how long the token lives.")] = None,
) -> None:
    """Print a token: of the demo's account of this role, which signs in; in test mode of anybody, signed here.

    In test mode --role may be given again for a second role.
    """
    require_known(role)
    running = find_running()
    if not signs_in(running.urls, test_mode=running.is_test_mode):
        print(sign_token(running.home, roles=role, subject=subject, minutes=minutes or LOCAL_MINUTES))
        return
    if len(role) > 1 or subject or minutes:
        raise CannotRun("An account has one role, its own name and tokens of five minutes.", "Give one --role alone.")
    print(asyncio.run(running.tokens.of(role[0])))
