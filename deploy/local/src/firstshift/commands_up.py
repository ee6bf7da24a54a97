"""`firstshift up`: everything on this machine, until Ctrl-C."""

import asyncio
from typing import Annotated

import typer

from firstshift.announce import announce
from firstshift.demo_accounts import account_table
from firstshift.demo_keyring import keyring_of
from firstshift.demonstration import load_demo
from firstshift.errors import CannotRun
from firstshift.issuer import signs_in
from firstshift.kafka_jars import cache_folder, fetch_jars
from firstshift.narration import Narration
from firstshift.outside import external_broker
from firstshift.services import base_url
from firstshift.supervisor import Supervisor, Wish
from firstshift.token_source import Tokens
from firstshift.tour import tour
from firstshift.workspace import find_home, find_services, find_workspace

app = typer.Typer()


@app.command()
def up(
    *,
    test_mode: Annotated[bool, typer.Option("--test-mode", help="Let `firstshift clock` move business time.")] = False,
    demo: Annotated[bool, typer.Option("--demo/--no-demo", help="Load the demo data into a fresh folder.")] = True,
) -> None:
    """Start PostgreSQL, Kafka and every service; keep them running until Ctrl-C."""
    workspace = find_workspace()
    services = find_services(workspace)
    if not services:
        raise CannotRun(f"There is no service in {workspace / 'services'}.", "Check out the whole repository.")
    home = find_home(workspace)
    home.prepare()
    with home.held():
        if not external_broker():
            fetch_jars(cache_folder())
        wish = Wish(home=home, services=services, test_mode=test_mode)
        asyncio.run(_supervise(wish, with_demo=demo))


async def _supervise(wish: Wish, *, with_demo: bool) -> None:
    narration = Narration(wish.home.logs)

    async def on_ready(ports: dict[str, int]) -> None:
        urls = {service: base_url(port) for service, port in ports.items()}
        tokens = Tokens(wish.home, urls, test_mode=wish.test_mode)
        has_demo = with_demo and await load_demo(wish.home, urls, narration, tokens=tokens)
        keyring = keyring_of(wish.home)
        accounts = account_table(keyring) if keyring.second_factors else None
        may_ask = bool(accounts) or not signs_in(urls, test_mode=wish.test_mode)
        stops = await tour(urls, tokens) if has_demo else ()
        announce(narration.console, urls, has_demo=has_demo, accounts=accounts, may_ask=may_ask, stops=stops)

    await Supervisor(wish, narration, on_ready=on_ready).run()
