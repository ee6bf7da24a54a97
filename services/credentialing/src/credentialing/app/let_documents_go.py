"""What need not be kept of a clinician's documents goes: because its time is over, or because they were erased."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from credentialing.clients.desk import Desk
from credentialing.domain.documents.document import Document
from credentialing.domain.documents.retention import Keeping, next_look, sort_out
from credentialing.domain.packets.packet import contents_gone
from credentialing.domain.rulebook.document_retention import DOCUMENT_RETENTION
from credentialing.storage import documents, files, packets
from shared.calendar import earliest_today
from shared.contracts.assignments import State
from shared.db.work import Work
from shared.vault.holds import has_hold
from shared.vault.retention import OPEN_END, Engagement, keep_until
from shared.vault.vault import hold_subject

WORKED = frozenset({State.COMPLETED, State.TERMINATED})


async def let_documents_go(work: Work, clinician_id: str, *, desk: Desk) -> date | None:
    """Deletes what no rule keeps and leaves the proof of it; gives the next last day of what stays, None for nothing.

    A legal hold keeps everything, without an end. Raises FilesUnavailable: then nothing is gone.
    """
    await hold_subject(work, clinician_id)
    if await has_hold(work, clinician_id):
        return OPEN_END
    today, by_work = earliest_today(work.now), await _kept_by_work(work, clinician_id)
    sorted_out = sort_out(await documents.every_of_clinician(work.session, clinician_id), by_work, today=today)
    for document, kept in sorted_out.going:
        await _delete(work, document, kept, desk=desk)
    for document in sorted_out.staying:
        if document.look_on <= today:
            later = replace(document, look_on=next_look(document, by_work, today=today))
            await documents.save(work.session, later)
    return sorted_out.next_last_day


async def _delete(work: Work, document: Document, kept: Keeping, *, desk: Desk) -> None:
    """Row first, content last: what fails in between is done again, and deleting twice does no harm."""
    is_last = await documents.remove(work, document, kept=kept)
    details = {"rule": kept.rule, "kept_through": kept.last_day, "sha256": document.sha256}
    work.audit("documents.delete", object_id=document.document_id, details=details)
    if is_last:
        await desk.store.delete(document.file)
    await _delete_copies(work, document, desk=desk)


async def _delete_copies(work: Work, document: Document, *, desk: Desk) -> None:
    """Packets in which the document is lose their PDFs; their hashes and what was in them stay."""
    for packet in await packets.enclosing(work.session, document.document_id):
        for name in await packets.forget_contents(work.session, packet.packet_id):
            await documents.hold_file(work.session, name)
            await desk.store.delete(name)
        await packets.save(work.session, contents_gone(packet, work.now.date()))
        work.audit("packets.delete_content", object_id=packet.packet_id, details={"document": document.document_id})


async def _kept_by_work(work: Work, clinician_id: str) -> Mapping[str, date]:
    """The last day for each part, by the assignments that were or may be worked."""
    known = await files.of_clinician(work.session, clinician_id)
    worked = [file for file in known if file.closing is None or file.closing.state in WORKED]
    engagements = [
        Engagement(started_on=file.terms.start_date, ended_on=file.closing.ended_on if file.closing else None)
        for file in worked
    ]
    return keep_until(DOCUMENT_RETENTION, engagements)
