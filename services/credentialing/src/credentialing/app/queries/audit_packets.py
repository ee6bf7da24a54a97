"""All that an auditor is shown of an assignment, in one reading."""

from credentialing.domain.file import columns_of
from credentialing.domain.packets.audit import AuditPacket, Evidence, audit_packet
from credentialing.storage import credentials, decisions, documents, file_changes, files, packets, source_results
from shared.db.work import Work
from shared.reach import Reach


async def audit_packet_of(work: Work, file_id: str, *, confidential: Reach) -> AuditPacket:
    """The audit packet of a file; the confidential parts whole for who reaches it by `confidential`.

    Who took it is noted in the audit. Raises NotFound.
    """
    file = await files.to_read(work.session, file_id)
    papers = await documents.of_clinician(work.session, file.clinician_id)
    evidence = Evidence(
        file=file,
        held=await credentials.of_clinician(work.session, file.clinician_id),
        results=await source_results.of_clinician(work.session, file.clinician_id),
        documents={one.document_id: one for one in papers},
        decisions=await decisions.of_file(work.session, file_id),
        changes=await file_changes.of_file(work.session, file_id),
        packets=await packets.of_file(work.session, file_id),
    )
    work.audit("audit_packets.read", object_id=file_id)
    return audit_packet(evidence, at=work.now, shows_all=confidential.covers(columns_of(file)))
