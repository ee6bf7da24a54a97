"""Packets, and which stored contents and documents are in them."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from credentialing.domain.packets.packet import Packet, PacketState
from credentialing.storage.tables import file, packet, packet_paper, packet_pdf
from shared.db.documents import Documents
from shared.errors import NotFound


def _columns(value: Packet) -> Mapping[str, object]:
    return {
        "packet_id": value.packet_id,
        "file_id": value.file_id,
        "clinician_id": value.clinician_id,
        "number": value.number,
        "state": value.state.value,
        "is_watched": value.is_watched,
        "seen_version": value.seen_version,
    }


_packets = Documents(packet, Packet, _columns)
save, to_change = _packets.save, _packets.to_change


async def of_file(session: AsyncSession, file_id: str) -> Sequence[Packet]:
    """Every packet of a file, the newest first."""
    found = await _packets.where(session, packet.c.file_id, value=file_id)
    return sorted(found, key=lambda one: one.number, reverse=True)


async def one_of_file(
    session: AsyncSession, file_id: str, *, packet_id: str, expected_version: int | None = None, lock: bool = False
) -> Packet:
    """A packet of this file. Raises NotFound, also for another file's, and VersionMismatch."""
    if lock:
        found: Packet | None = await _packets.to_change(session, packet_id, expected_version=expected_version)
    else:
        found = await _packets.one(session, packet.c.packet_id, value=packet_id)
    if found is None or found.file_id != file_id:
        raise NotFound(what="packet", id=packet_id)
    return found


async def next_to_build(session: AsyncSession) -> Packet | None:
    """The packet that has waited longest to be built."""
    found = await _packets.find(session, packet.c.state == PacketState.BUILDING.value, limit=1)
    return found[0] if found else None


async def of_changed_files(session: AsyncSession, *, limit: int) -> Sequence[str]:
    """Open files that changed since the packet that their client has was looked at, in order."""
    is_behind = (file.c.version > packet.c.seen_version) & packet.c.is_watched & file.c.is_open
    asked = select(file.c.file_id).join(packet, packet.c.file_id == file.c.file_id).where(is_behind)
    return list(await session.scalars(asked.order_by(file.c.file_id).limit(limit)))


async def keep_contents(session: AsyncSession, built: Packet) -> None:
    """Notes which stored contents a packet has, and which documents are in them."""
    pdfs = [{"packet_id": built.packet_id, "part": part, "file": pdf.file} for part, pdf in enumerate(built.pdfs)]
    ids = sorted({paper.document_id for _, paper in built.snapshot.papers})
    await session.execute(insert(packet_pdf), pdfs)
    if ids:
        papers = [{"packet_id": built.packet_id, "document_id": one} for one in ids]
        await session.execute(insert(packet_paper), papers)


async def enclosing(session: AsyncSession, document_id: str) -> Sequence[Packet]:
    """The packets in which a document is, locked for a change, in order."""
    asked = select(packet_paper.c.packet_id).where(packet_paper.c.document_id == document_id)
    ids = list(await session.scalars(asked))
    return await _packets.find(session, packet.c.packet_id.in_(ids), lock=True) if ids else ()


async def forget_contents(session: AsyncSession, packet_id: str) -> Sequence[str]:
    """Notes that a packet has no contents any more; gives those that no other packet has."""
    columns = packet_pdf.c
    await session.execute(delete(packet_paper).where(packet_paper.c.packet_id == packet_id))
    gone = set(await session.scalars(delete(packet_pdf).where(columns.packet_id == packet_id).returning(columns.file)))
    return sorted(gone - await files_in_use(session, gone))


async def files_in_use(session: AsyncSession, names: Collection[str]) -> frozenset[str]:
    """Those of these stored contents that a packet has."""
    return frozenset(await session.scalars(select(packet_pdf.c.file).where(packet_pdf.c.file.in_(names))))
