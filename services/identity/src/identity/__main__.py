"""`python -m identity`: what every service has, and bootstrap."""

import asyncio
import sys
from importlib import import_module

from identity.domain.access_errors import AdministratorExists
from shared.runtime.cli import commands

main = commands("identity")


@main.command("bootstrap", help="Print a code, valid for an hour, by which the first administrator comes in.")
def bootstrap() -> None:
    """The service's code is loaded only when it is asked for, as by every other command."""
    try:
        print(asyncio.run(import_module("identity.main").bootstrap_code()))
    except AdministratorExists as refused:
        sys.exit(str(refused))


if __name__ == "__main__":
    main()
