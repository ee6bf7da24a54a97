"""A credential comes in for an item of a file."""

from dataclasses import dataclass, replace

from credentialing.app.begin_inquiry import begin_inquiry
from credentialing.app.change_item import change_item
from credentialing.domain.commands import receive
from credentialing.domain.file import File
from credentialing.domain.held import Received, Shown
from credentialing.domain.sources.inquiry import about_claim
from credentialing.storage import credentials, documents, files
from credentialing.storage.numbers import Numbers
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveCredential:
    """What was shown for item `code`."""

    file_id: str
    code: str
    shown: Shown


async def receive_credential(work: Work, command: ReceiveCredential, *, numbers: Numbers) -> File:
    """Keeps the credential, to be verified, and has its source asked, where one answers.

    Raises what `commands.receive` raises, NotFound, Invalid, DocumentNotUsable, VersionMismatch, PrivateValuesErased
    and VaultUnavailable.
    """
    await _require_evidence(work, command)
    by, credential_id = work.principal.subject, work.new_id("crd")
    shown = await _sealed(work, command, credential_id=credential_id, numbers=numbers)
    changed = await change_item(
        work,
        command.file_id,
        decide=lambda file, held, today: receive(
            file,
            command.code,
            shown=shown,
            received=Received(on=today, by=by, credential_id=credential_id),
            held=held,
        ),
    )
    claims = await credentials.of_clinician(work.session, changed.clinician_id)
    await begin_inquiry(work, about_claim(next(one for one in claims if one.credential_id == credential_id)))
    return changed


async def _require_evidence(work: Work, command: ReceiveCredential) -> None:
    """The document that it was read from, where one is named, is the clinician's, and ready."""
    if command.shown.document_id is not None:
        file = await files.to_read(work.session, command.file_id)
        await documents.require_evidence(work.session, command.shown.document_id, clinician_id=file.clinician_id)


async def _sealed(work: Work, command: ReceiveCredential, *, credential_id: str, numbers: Numbers) -> Shown:
    """What was shown, with its number as it is kept."""
    number = command.shown.number
    if number is None:
        return command.shown
    file = await files.to_read(work.session, command.file_id)
    kept = await numbers.sealed(work, number, clinician_id=file.clinician_id, credential_id=credential_id)
    return replace(command.shown, number=kept.text, end=kept.end, mark=kept.mark)
