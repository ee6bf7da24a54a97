"""A specialist does not take a document."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.domain.documents.document import Document, WhyRefused, refuse
from credentialing.storage import documents
from shared.db.work import Work
from shared.errors import NotFound
from shared.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDocument:
    """Which one, and why; the clinician is told."""

    document_id: str
    because: WhyRefused


async def refuse_document(work: Work, command: RefuseDocument, *, reaches: Mapping[str, Reach]) -> Document:
    """Refuses it; its content stays as evidence. Raises NotFound, VersionMismatch, AlreadyRefused."""
    seen, sight = await documents.to_see(work, command.document_id, reaches=reaches)
    if not sight.opens(seen):
        raise NotFound(what="document", id=command.document_id)
    found = await documents.to_change(work.session, command.document_id, expected_version=work.seen_version)
    return await documents.save(work.session, refuse(found, command.because, by=work.principal.subject))
