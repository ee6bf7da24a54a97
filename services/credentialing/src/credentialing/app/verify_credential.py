"""A specialist confirms a credential with its source."""

from dataclasses import dataclass

from credentialing.app.change_item import change_item
from credentialing.domain.commands import verify
from credentialing.domain.file import File
from credentialing.domain.held import Check
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyCredential:
    """The waiting credential of item `code` was confirmed by `source`."""

    file_id: str
    code: str
    source: str


async def verify_credential(work: Work, command: VerifyCredential) -> File:
    """Confirms it; clearance follows when it was the last. Raises what `commands.verify` raises, NotFound …"""
    by = work.principal.subject
    return await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: verify(
            file, command.code, held=held, check=Check(by=by, source=command.source, on=today)
        ),
    )
