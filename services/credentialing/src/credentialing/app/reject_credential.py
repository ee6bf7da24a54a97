"""A specialist refuses a credential."""

from dataclasses import dataclass

from credentialing.app.change_item import change_item
from credentialing.domain.commands import reject
from credentialing.domain.file import File
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectCredential:
    """The credential behind item `code` does not do, for a reason that the clinician is told."""

    file_id: str
    code: str
    because: str


async def reject_credential(work: Work, command: RejectCredential) -> File:
    """Refuses it; a clearance that rested on it is revoked. Raises what `commands.reject` raises, NotFound …"""
    return await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: reject(file, command.code, because=command.because, held=held, today=today),
    )
