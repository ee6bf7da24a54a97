"""Somebody has to see the whole number of a credential."""

from dataclasses import dataclass

from credentialing.domain.held import newest_first
from credentialing.storage import credentials, files
from credentialing.storage.numbers import Numbers
from shared.db.work import Work
from shared.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealNumber:
    """The number of a credential that answers item `code`, and why it has to be seen."""

    file_id: str
    code: str
    credential_id: str
    reason: str


async def reveal_number(work: Work, command: RevealNumber, *, numbers: Numbers) -> str:
    """The number in clear; who saw it and why is noted. Raises ItemNotInFile, and NotFound, also for no number."""
    file = await files.to_read(work.session, command.file_id)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    answering = newest_first(held, file.item(command.code).requirement)
    claim = next((one for one in answering if one.credential_id == command.credential_id), None)
    text = claim.number if claim else None
    number = await numbers.opened(work, text, credential_id=command.credential_id)
    if number is None:
        raise NotFound(what="number of", id=command.credential_id)
    work.audit("numbers.reveal", object_id=command.credential_id, reason=command.reason)
    return number
