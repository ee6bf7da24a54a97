"""Somebody sent a packet to the client, and notes it."""

from dataclasses import dataclass

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import recheck, with_stale_packet
from credentialing.domain.packets.changes import changed_items
from credentialing.domain.packets.packet import Channel, Packet, Transmittal, send, set_aside
from credentialing.storage import credentials, files, packets
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPacket:
    """Which packet went to whom, how; `reference` is what the client's system answered."""

    file_id: str
    packet_id: str
    recipient: str
    channel: Channel
    reference: str | None = None


async def send_packet(work: Work, command: SendPacket) -> Packet:
    """Writes the transmittal; from now on the packet is the one that the client has.

    Raises NotFound, VersionMismatch (of the packet), PacketNotBuilt, PacketContentGone, PacketOutdated.
    """
    file = await files.to_change(work.session, command.file_id)
    packet = await packets.one_of_file(
        work.session, file.file_id, packet_id=command.packet_id, expected_version=work.seen_version, lock=True
    )
    held = await credentials.of_clinician(work.session, file.clinician_id)
    measured = recheck(file, held, today=facility_day(file, work.now))
    transmittal = Transmittal(
        transmittal_id=work.new_id("trm"),
        recipient=command.recipient,
        channel=command.channel,
        sent_at=work.now,
        sent_by=work.principal.subject,
        hashes=packet.hashes,
        reference=command.reference,
    )
    changed = changed_items(packet, measured)
    sent = send(packet, transmittal, changed=changed, file_version=file.version)
    for other in await packets.of_file(work.session, file.file_id):
        if other.is_watched and other.packet_id != packet.packet_id:
            await packets.save(work.session, set_aside(other))
    if file.stale_packet is not None:
        await record(work, with_stale_packet(measured, None))
    return await packets.save(work.session, sent)
