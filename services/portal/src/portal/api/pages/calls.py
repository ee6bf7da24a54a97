"""What a route calls the services with, as the person who asks."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from portal.clients.contracts import Contracts
from portal.clients.services import Services


async def services_of(request: Request) -> Services:
    """The services of this portal; the person's token goes along with every call."""
    services: Services = request.app.state.services
    return services


Calls = Annotated[Services, Depends(services_of)]
"""The type of a route's parameter `services`."""


async def contracts_of(request: Request) -> Contracts:
    """What the services say of their own commands."""
    contracts: Contracts = request.app.state.contracts
    return contracts


Known = Annotated[Contracts, Depends(contracts_of)]
"""The type of a route's parameter `contracts`."""
