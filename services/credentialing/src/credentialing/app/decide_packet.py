"""The client said what it thinks of a packet: a person heard it, or a system of the client's did."""

from dataclasses import dataclass

from credentialing.app.record import record
from credentialing.app.take_result import take_result
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import recheck, with_refusals
from credentialing.domain.packets.packet import ItemDecision, Packet, PacketDecision, Verdict, decide
from credentialing.domain.packets.verdicts import refusals_after, results_after
from credentialing.storage import credentials, documents, files, packets
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidePacket:
    """What was decided of the whole (`verdict`), or of some items alone, by whom at the client, and where that is
    to be read."""

    file_id: str
    packet_id: str
    decided_by: str
    verdict: Verdict | None = None
    items: tuple[ItemDecision, ...] = ()
    reason: str | None = None
    reference: str | None = None
    document_id: str | None = None


async def decide_packet(work: Work, command: DecidePacket) -> Packet:
    """Notes the decision. What the client does not take counts no longer in this file, and in this file alone; its
    acceptance confirms what it decides on.

    Raises NotFound, VersionMismatch (of the packet), PacketNotSent, DocumentNotUsable, Invalid.
    """
    seen = await files.to_read(work.session, command.file_id)
    await files.open_of_clinician(work.session, seen.clinician_id)  # in one order by whoever changes them
    file = await files.to_change(work.session, command.file_id)
    packet = await packets.one_of_file(
        work.session, file.file_id, packet_id=command.packet_id, expected_version=work.seen_version, lock=True
    )
    decided = decide(packet, _decision(work, command))
    if command.document_id is not None:
        await documents.require_evidence(work.session, command.document_id, clinician_id=file.clinician_id)
    said, today = decided.decisions[-1], facility_day(file, work.now)
    held = await credentials.of_clinician(work.session, file.clinician_id)
    refusals = refusals_after(file, packet, decision=said, on=today)
    if file.is_open and refusals != file.refusals:
        file = await record(work, recheck(with_refusals(file, refusals), held, today=today))
    if file.is_open:
        for result in results_after(file, decided, decision=said, held=held, new_id=work.new_id):
            await take_result(work, result)
    return await packets.save(work.session, decided)


def _decision(work: Work, command: DecidePacket) -> PacketDecision:
    return PacketDecision(
        decision_id=work.new_id("pkd"),
        at=work.now,
        recorded_by=work.principal.subject,
        decided_by=command.decided_by,
        verdict=command.verdict,
        items=command.items,
        reason=command.reason,
        reference=command.reference,
        document_id=command.document_id,
    )
