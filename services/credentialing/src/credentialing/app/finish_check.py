"""The virus scanner, away when a document came in, has looked at it."""

from credentialing.clients.desk import Desk, Verdict
from credentialing.domain.documents.document import Document, DocumentStatus, WhyRefused, refuse, scanned
from credentialing.storage import documents
from shared.db.work import Work


async def finish_check(work: Work, document_id: str, *, verdict: Verdict, desk: Desk) -> None:
    """Makes the document ready, infected or, where its file was found damaged, refused; said twice, it is once.

    The content of an infected one goes, and every document that has it says why. Raises FilesUnavailable.
    """
    found = await documents.to_change(work.session, document_id)
    if found.status is not DocumentStatus.CHECKING:
        return
    if verdict is Verdict.CLEAN:
        await documents.save(work.session, scanned(found, is_clean=True))
    elif verdict is Verdict.DAMAGED:
        await documents.save(work.session, refuse(found, WhyRefused.FILE_DAMAGED, by=work.principal.subject))
    else:
        await _give_up(work, found, desk)


async def _give_up(work: Work, infected: Document, desk: Desk) -> None:
    await documents.hold_file(work.session, infected.file)
    for document in await documents.sharing(work.session, infected.file):
        await documents.save(work.session, scanned(document, is_clean=False))
        work.audit("documents.infected", object_id=document.document_id)
    await desk.store.delete(infected.file)
