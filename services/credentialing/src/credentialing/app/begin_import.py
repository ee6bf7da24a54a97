"""Somebody is about to send a profile with its documents."""

from credentialing.clients.desk import Desk
from credentialing.clients.unpacking import passing_key
from credentialing.storage.uploads import require_clinician
from shared.db.work import Work
from shared.files.chunks import FileKey


async def begin_import(work: Work, clinician_id: str, *, desk: Desk, is_rehearsal: bool) -> FileKey:
    """The key by which the documents will be sealed; commit before they come in. A rehearsal makes none to be kept.

    Raises NotFound out of reach, so that nothing is read that would be refused; PrivateValuesErased, VaultUnavailable.
    """
    await require_clinician(work, clinician_id)
    return passing_key() if is_rehearsal else await desk.vault.file_key(work, clinician_id)
