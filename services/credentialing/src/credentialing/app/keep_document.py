"""A document came in and is good."""

from credentialing.app.put_away import Kept, Shelf, put_away
from credentialing.clients.desk import Desk, Received
from credentialing.domain.documents.document import Origin
from credentialing.domain.documents.upload import Upload
from credentialing.storage.uploads import partition_of
from shared.db.work import Work
from shared.vault.vault import hold_subject


async def keep_document(work: Work, upload: Upload, *, received: Received, desk: Desk) -> Kept:
    """Keeps the file; one that was sent before, to the same part, is the document that it was then.

    Raises what `begin_upload` raises, and FilesUnavailable.
    """
    partition = await partition_of(work, upload)
    await hold_subject(work, upload.clinician_id)
    source = Origin.LINK if work.principal.clinician_id else Origin.PORTAL
    shelf = Shelf(partition=partition, source=source)
    return await put_away(work, upload, received=received, shelf=shelf, desk=desk)
