"""`python -m portal`: what every service has, and forgetting what was heard, to hear it again."""

import asyncio
from importlib import import_module

from shared.runtime.cli import commands

main = commands("portal")


@main.command("forget-events", help="Forget every event that was heard, so that the services may republish them.")
def forget_events() -> None:
    """Who does an item, notes, views and sessions stay."""
    count = asyncio.run(import_module("portal.main").forget_heard())
    print(f"{count} events forgotten; now have each service republish --for portal")


if __name__ == "__main__":
    main()
