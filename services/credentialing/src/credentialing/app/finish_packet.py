"""The PDFs of a packet were made, or could not be."""

from credentialing.clients.bindery import Bound
from credentialing.clients.desk import Desk
from credentialing.domain.packets.packet import Packet, PacketPdf, PacketState, built, failed
from credentialing.storage import documents, packets
from shared.db.work import Work
from shared.errors import Finding
from shared.vault.vault import hold_subject


async def finish_packet(work: Work, packet_id: str, *, bound: Bound, key_id: str = "", desk: Desk) -> None:
    """Keeps all its PDFs, or none and what kept it from being built; said twice, it is once.

    Raises FilesUnavailable.
    """
    packet = await packets.to_change(work.session, packet_id)
    if packet.state is not PacketState.BUILDING:
        return
    await hold_subject(work, packet.clinician_id)
    if not bound.incoming:
        await packets.save(work.session, failed(packet, _faults(packet, bound)))
        return
    for incoming in bound.incoming:
        await documents.hold_file(work.session, incoming.name)
        await desk.store.keep(incoming)
    pdfs = tuple(
        PacketPdf(sha256=one.sha256, size=one.size, pages=pages, file=one.name, key_id=key_id)
        for one, pages in zip(bound.incoming, bound.pages, strict=True)
    )
    saved = await packets.save(work.session, built(packet, pdfs))
    await packets.keep_contents(work.session, saved)
    work.audit("packets.built", object_id=packet_id, details={"hashes": saved.hashes})


def _faults(packet: Packet, bound: Bound) -> tuple[Finding, ...]:
    papers = packet.snapshot.papers
    codes = dict.fromkeys(papers[number][0].code for number in bound.faulty)
    damaged = "Its document is damaged and cannot be put on a page; refuse it and ask for another one."
    if codes:
        return tuple(Finding(pointer=f"/items/{code}", code="document_damaged", message=damaged) for code in codes)
    message = "Putting the documents together takes more time or memory than a packet may; attest some of them."
    return (Finding(pointer="", code="packet_too_complex", message=message),)
