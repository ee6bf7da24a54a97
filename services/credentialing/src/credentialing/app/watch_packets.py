"""Files changed whose packet the client has: where that is stale now, it is to be sent again."""

from dataclasses import replace

from credentialing.app.record import record
from credentialing.domain.clearance import facility_day
from credentialing.domain.file import File, with_stale_packet
from credentialing.domain.packets.changes import changed_items
from credentialing.domain.packets.packet import Packet
from credentialing.domain.packets.refusal import StalePacket
from credentialing.storage import files, packets
from shared.db.work import Work

AT_MOST = 50


async def watch_packets(work: Work) -> int:
    """Looks at the packets of at most 50 changed files; returns how many."""
    changed = await packets.of_changed_files(work.session, limit=AT_MOST)
    for file_id in changed:
        file = await files.to_change(work.session, file_id)
        for packet in await packets.of_file(work.session, file_id):
            if packet.is_watched:
                await _look(work, file, packet)
    return len(changed)


async def _look(work: Work, file: File, packet: Packet) -> None:
    is_stale = bool(changed_items(packet, file))
    known = file.stale_packet.packet_id if file.stale_packet else None
    if is_stale != (known == packet.packet_id):
        since = StalePacket(packet_id=packet.packet_id, since=facility_day(file, work.now))
        file = await record(work, with_stale_packet(file, since if is_stale else None))
    await packets.save(work.session, replace(packet, is_stale=is_stale, seen_version=file.version))
