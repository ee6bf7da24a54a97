"""Somebody is about to send a document."""

from credentialing.clients.desk import Desk
from credentialing.domain.documents.upload import Upload
from credentialing.storage.uploads import partition_of
from shared.db.work import Work
from shared.files.chunks import FileKey


async def begin_upload(work: Work, upload: Upload, *, desk: Desk) -> FileKey:
    """The key by which the file will be sealed; commit before it comes in.

    Raises what `partition_of` raises, so that nothing is read that would be refused; PrivateValuesErased,
    VaultUnavailable.
    """
    await partition_of(work, upload)
    return await desk.vault.file_key(work, upload.clinician_id)
