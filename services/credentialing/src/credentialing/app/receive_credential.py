"""A credential comes in for an item of a file."""

from dataclasses import dataclass
from datetime import date

from credentialing.app.change_item import change_item
from credentialing.domain.commands import receive
from credentialing.domain.file import File
from credentialing.domain.held import Presented
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCredential:
    """What was shown for item `code`; `expires_on` is the last valid day, if one is printed."""

    file_id: str
    code: str
    issued_on: date
    number: str | None = None
    expires_on: date | None = None


async def receive_credential(work: Work, command: ReceiveCredential) -> File:
    """Keeps the credential, to be verified. Raises what `commands.receive` raises, NotFound, VersionMismatch."""
    return await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: receive(
            file,
            command.code,
            presented=Presented(
                issued_on=command.issued_on, received_on=today, number=command.number, expires_on=command.expires_on
            ),
            held=held,
            new_id=work.new_id,
        ),
    )
