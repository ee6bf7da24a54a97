"""Somebody wants the packet of a file built."""

from dataclasses import dataclass

from credentialing.domain.clearance import facility_day
from credentialing.domain.file import must_be_open
from credentialing.domain.packets.packet import Packet
from credentialing.domain.packets.plan import plan
from credentialing.storage import files, packets
from credentialing.storage.packet_sources import gathered
from shared.db.work import Work
from shared.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildPacket:
    """Of which file; `attest` are the items that are attested this time instead of being enclosed."""

    file_id: str
    attest: tuple[str, ...] = ()


async def build_packet(work: Work, command: BuildPacket) -> Packet:
    """Pins what goes into it, measured today; a job makes the PDFs of it soon after.

    Raises NotFound, VersionMismatch, FileClosed, and Invalid with everything that is missing or does not do.
    """
    file = await files.to_change(work.session, command.file_id, expected_version=work.seen_version)
    must_be_open(file)
    known = await gathered(work.session, file, today=facility_day(file, work.now), attest=command.attest)
    planned = plan(known)
    if planned.findings:
        raise Invalid(findings=planned.findings)
    earlier = await packets.of_file(work.session, file.file_id)
    packet = Packet(
        packet_id=work.new_id("pkt"),
        file_id=file.file_id,
        assignment_id=file.assignment_id,
        clinician_id=file.clinician_id,
        facility_id=file.facility_id,
        number=earlier[0].number + 1 if earlier else 1,
        snapshot=planned.snapshot,
        template=known.template,
        asked_by=work.principal.subject,
        asked_at=work.now,
    )
    return await packets.save(work.session, packet)
