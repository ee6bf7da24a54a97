"""A person gives a command to a service, or only asks what it would mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.clients.services import Outcome, Sent, Services
from portal.domain.operation import Prepared

REHEARSAL = {"validate_only": "true"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SendCommand:
    """The body, the key of the form, and the version that the person had seen (None: nothing of it can be read)."""

    prepared: Prepared
    body: Mapping[str, Any]
    key: str
    version: int | None
    is_rehearsal: bool


async def send_command(services: Services, command: SendCommand) -> Outcome:
    """What the service answered. A rehearsal changes nothing and spends no key."""
    asked = command.prepared.operation
    sent = Sent(
        method=asked.method,
        path=asked.path,
        body=None if asked.body is None else dict(command.body),
        key=None if command.is_rehearsal else command.key,
        version=command.version,
    )
    return await services.send(command.prepared.service, sent, params=REHEARSAL if command.is_rehearsal else None)
