"""A document came in and is good."""

from dataclasses import dataclass, replace

from credentialing.clients.desk import Desk, Received
from credentialing.domain.documents.document import FIRST_LOOK, Document, DocumentStatus, Origin
from credentialing.domain.documents.names import file_name
from credentialing.domain.documents.upload import Upload
from credentialing.domain.requirement import Partition
from credentialing.storage import documents
from credentialing.storage.proposals import written
from credentialing.storage.uploads import partition_of
from shared.db.work import Work
from shared.vault.ciphers import Place
from shared.vault.values import Secret
from shared.vault.vault import hold_subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The document, and whether it is a new one."""

    document: Document
    is_new: bool


async def keep_document(work: Work, upload: Upload, *, received: Received, desk: Desk) -> Kept:
    """Keeps the file; one that was sent before, to the same part, is the document that it was then.

    Raises what `begin_upload` raises, and FilesUnavailable.
    """
    partition = await partition_of(work, upload)
    await hold_subject(work, upload.clinician_id)
    incoming = received.incoming
    same = await documents.with_content(work.session, upload.clinician_id, partition=partition, sha256=incoming.sha256)
    if same is not None:
        return Kept(document=same, is_new=False)
    document = await _sealed(work, _document(work, upload, received, partition), upload, received=received, desk=desk)
    await documents.hold_file(work.session, incoming.name)
    await desk.store.keep(incoming)
    return Kept(document=await documents.save(work.session, document), is_new=True)


def _document(work: Work, upload: Upload, received: Received, partition: Partition) -> Document:
    incoming, inspection = received.incoming, received.inspection
    return Document(
        document_id=work.new_id("doc"),
        clinician_id=upload.clinician_id,
        partition=partition,
        code=upload.code,
        media_type=received.media_type,
        size=incoming.size,
        sha256=incoming.sha256,
        pages=inspection.pages,
        active=tuple(one.value for one in inspection.active),
        status=DocumentStatus.READY if received.is_scanned else DocumentStatus.CHECKING,
        file=incoming.name,
        key_id=received.key.key_id,
        sealed_name="",
        replaces=upload.replaces,
        uploaded_by=work.principal.subject,
        uploaded_at=work.now,
        source=Origin.LINK if work.principal.clinician_id else Origin.PORTAL,
        look_on=work.now.date() + FIRST_LOOK,
    )


async def _sealed(work: Work, document: Document, upload: Upload, *, received: Received, desk: Desk) -> Document:
    """With its name and what was read from it, both private, under the clinician's key."""

    async def seal(text: str, column: str) -> str:
        place = Place(table="document", row=document.document_id, column=column)
        return await desk.vault.seal(work, subject=document.clinician_id, place=place, secret=Secret(text))

    proposal = received.inspection.proposal
    return replace(
        document,
        sealed_name=await seal(file_name(upload.name, document.media_type), "name"),
        sealed_proposal=await seal(written(proposal), "proposal") if proposal else None,
    )
