"""A person wants to give a command to a service: what it asks for, and how the thing stands that it changes."""

from dataclasses import dataclass

from portal.clients.contracts import Contracts
from portal.clients.services import Unreachable
from portal.domain.form import form_of
from portal.domain.operation import Prepared, operation_at, resource_of
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareCommand:
    """The command as an address names it."""

    service: str
    path: str
    method: str


async def prepare_command(contracts: Contracts, command: PrepareCommand) -> Prepared | Unreachable:
    """The command's form, from the service's own document; Unreachable when that could never be had.

    Raises NotFound for whatever the document does not name: no other address is ever called.
    """
    document = await contracts.of(command.service)
    if isinstance(document, Unreachable):
        return document
    operation = operation_at(document, command.path, method=command.method)
    if operation is None:
        raise NotFound(what="such command of", id=command.service)
    return Prepared(
        service=command.service,
        operation=operation,
        form=form_of(operation.body, document),
        resource=resource_of(document, command.path),
    )
