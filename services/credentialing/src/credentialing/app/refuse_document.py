"""A specialist does not take a document."""

from collections.abc import Mapping
from dataclasses import dataclass

from credentialing.app.close_questions import close_questions
from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.documents.document import REFUSED_WORDS, Document, WhyRefused, refuse
from credentialing.domain.file import recheck
from credentialing.domain.held import rejected, unconfirmed_from
from credentialing.storage import credentials, documents, expirables, files
from shared.db.work import Work
from shared.errors import NotFound
from shared.reach import Reach


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseDocument:
    """Which one, and why; the clinician is told."""

    document_id: str
    because: WhyRefused


async def refuse_document(work: Work, command: RefuseDocument, *, reaches: Mapping[str, Reach]) -> Document:
    """Refuses it, and with it what was read from it and nobody confirmed; its content stays as evidence.

    What was confirmed stands: it is refused by itself, for a clearance may rest on it. Raises NotFound,
    VersionMismatch, AlreadyRefused.
    """
    seen, sight = await documents.to_see(work, command.document_id, reaches=reaches)
    if not sight.opens(seen):
        raise NotFound(what="document", id=command.document_id)
    await files.open_of_clinician(work.session, seen.clinician_id)  # in one order by whoever changes them
    found = await documents.to_change(work.session, command.document_id, expected_version=work.seen_version)
    refused = await documents.save(work.session, refuse(found, command.because, by=work.principal.subject))
    await _refuse_what_was_read(work, refused, because=REFUSED_WORDS[command.because])
    return refused


async def _refuse_what_was_read(work: Work, document: Document, *, because: str) -> None:
    held = await credentials.of_clinician(work.session, document.clinician_id)
    waiting = unconfirmed_from(held, document.document_id)
    if not waiting:
        return
    for claim in waiting:
        await close_questions(work, await credentials.save(work.session, rejected(claim, because)))
    now_held = await credentials.of_clinician(work.session, document.clinician_id)
    opened = await files.open_of_clinician(work.session, document.clinician_id)
    if not opened:
        await expirables.read_anew(work.session, document.clinician_id)
    for file in opened:
        await record(work, recheck(file, now_held, today=facility_day(file, work.now)))
