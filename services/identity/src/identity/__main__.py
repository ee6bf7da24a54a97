"""`python -m identity`: what every service has, and what only whoever runs the machine may ask for."""

import asyncio
import json
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


@main.command("operator-secret", help="Make the one secret of this machine's operator client, and print it as JSON.")
def operator_secret() -> None:
    """Any before is worth nothing afterwards."""
    client, secret = asyncio.run(import_module("identity.main").operator_secret())
    [kept] = client.secrets
    print(json.dumps({"client_id": client.client_id, "secret": secret, "expires_at": kept.expires_at.isoformat()}))


if __name__ == "__main__":
    main()
