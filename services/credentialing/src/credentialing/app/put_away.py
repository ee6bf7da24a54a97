"""The last step of every document that comes in: its row, what is private of it sealed, and its content kept."""

from dataclasses import dataclass, replace

from credentialing.clients.desk import Desk, Received
from credentialing.domain.documents.document import FIRST_LOOK, Document, DocumentStatus, Origin
from credentialing.domain.documents.names import file_name
from credentialing.domain.documents.upload import Upload
from credentialing.domain.requirement import Partition
from credentialing.storage import documents
from credentialing.storage.proposals import written
from shared.db.work import Work
from shared.vault.ciphers import Place
from shared.vault.values import Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The document, and whether it is a new one."""

    document: Document
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Where it goes: the part of the file, and by which way it came. `stores`: whether its content is to be kept now.

    It is not in a rehearsal, and where the same file that came in was kept for another part just before.
    """

    partition: Partition
    source: Origin
    stores: bool = True


async def put_away(work: Work, upload: Upload, *, received: Received, shelf: Shelf, desk: Desk) -> Kept:
    """Keeps the file; one that was sent before, to the same part, is the document that it was then.

    In each part the same content is a document of its own, with that part's readers and time; they share what is
    stored, which goes with the last of them. The clinician is held. Raises FilesUnavailable, PrivateValuesErased.
    """
    incoming = received.incoming
    same = await documents.with_content(
        work.session, upload.clinician_id, partition=shelf.partition, sha256=incoming.sha256
    )
    if same is not None:
        return Kept(document=same, is_new=False)
    document = await _sealed(work, _document(work, upload, received, shelf), upload, received=received, desk=desk)
    await documents.hold_file(work.session, incoming.name)
    if shelf.stores:
        await desk.store.keep(incoming)
    return Kept(document=await documents.save(work.session, document), is_new=True)


def _document(work: Work, upload: Upload, received: Received, shelf: Shelf) -> Document:
    incoming, inspection = received.incoming, received.inspection
    return Document(
        document_id=work.new_id("doc"),
        clinician_id=upload.clinician_id,
        partition=shelf.partition,
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
        source=shelf.source,
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
