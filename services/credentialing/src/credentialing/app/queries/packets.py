"""What may be read about packets, and of them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from credentialing.clients.bindery import Chapter, Leaf, Volume
from credentialing.clients.desk import Desk
from credentialing.domain.clearance import facility_day
from credentialing.domain.documents.document import Document
from credentialing.domain.documents.sight import READ
from credentialing.domain.file import File
from credentialing.domain.packets.changes import changed_items
from credentialing.domain.packets.cover import cover_of, us_day
from credentialing.domain.packets.naming import packet_file_name
from credentialing.domain.packets.packet import Packet, require_content
from credentialing.domain.packets.plan import Plan, plan
from credentialing.domain.packets.shipped import SHIPPED
from credentialing.domain.packets.snapshot import Paper
from credentialing.domain.packets.template import CoverField, PacketTemplate
from credentialing.storage import documents, files, packet_templates, packets
from credentialing.storage.packet_sources import gathered
from shared.contracts.assignments import ClinicianChanged, FacilityChanged
from shared.db.work import Work
from shared.errors import NotFound
from shared.files.chunks import FileKey
from shared.reach import Reach
from shared.vault.errors import PrivateValuesErased


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPacket:
    """A packet, the names of its files as they are now, and what differs from its file by now."""

    packet: Packet
    names: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPlan:
    """A packet as it would be, by which template."""

    plan: Plan
    template: PacketTemplate
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPart:
    """One file of a packet, counted from 0."""

    file_id: str
    packet_id: str
    part: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketContent:
    """What is needed to give one file of a packet out."""

    name: str
    file: str
    size: int
    key: FileKey


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOrder:
    """A packet that waits to be built: its volumes, and the key by which they will be sealed.

    `missing`: the documents in it, counted from 0, that were deleted meanwhile; then there is nothing to build.
    """

    packet_id: str
    volumes: tuple[Volume, ...] = ()
    key: FileKey | None = None
    missing: tuple[int, ...] = ()


async def packets_of(work: Work, file_id: str) -> Sequence[SeenPacket]:
    """Every packet of a file, the newest first. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    return [await _seen(work, file, packet) for packet in await packets.of_file(work.session, file_id)]


async def packet_by_id(work: Work, file_id: str, *, packet_id: str) -> SeenPacket:
    """One packet of a file. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    return await _seen(work, file, await packets.one_of_file(work.session, file_id, packet_id=packet_id))


async def seen_packet(work: Work, packet: Packet) -> SeenPacket:
    """A packet that somebody just made or changed."""
    return await _seen(work, await files.to_read(work.session, packet.file_id), packet)


async def packet_preview(work: Work, file_id: str) -> SeenPlan:
    """What the packet of a file would hold today, and all that keeps it from being built. Raises NotFound."""
    file = await files.to_read(work.session, file_id)
    known = await gathered(work.session, file, today=facility_day(file, work.now))
    names = await _names(work, file, template=known.template, number=0)
    return SeenPlan(plan=plan(known), template=known.template, names=names)


async def packet_content(work: Work, wanted: PacketPart, *, reaches: Mapping[str, Reach], desk: Desk) -> PacketContent:
    """What opens one file of a packet; who took it is noted in the audit.

    Who may not read a part of the clinician's documents does not get a file that holds some of it. Raises NotFound,
    PacketNotBuilt, PacketContentGone, PrivateValuesErased, VaultUnavailable.
    """
    file = await files.to_read(work.session, wanted.file_id)
    packet = await packets.one_of_file(work.session, wanted.file_id, packet_id=wanted.packet_id)
    part = wanted.part
    sight = await documents.sight_of(work, file.clinician_id, reaches=reaches)
    require_content(packet)
    held = {paper.partition for item, paper in packet.snapshot.papers if item.file == part}
    if part >= len(packet.pdfs) or not all(sight.may(READ[one]) for one in held):
        raise NotFound(what="packet file", id=f"{wanted.packet_id}/{part}")
    work.audit("packets.read_content", object_id=wanted.packet_id, details={"part": part})
    pdf, names = packet.pdfs[part], await _names(work, file, template=packet.template, number=packet.number)
    key = await desk.vault.known_file_key(work, pdf.key_id)
    return PacketContent(name=names[part], file=pdf.file, size=pdf.size, key=key)


async def next_order(work: Work, *, desk: Desk, agency: str) -> BuildOrder | None:
    """The packet that has waited longest to be built. Raises VaultUnavailable."""
    packet = await packets.next_to_build(work.session)
    if packet is None:
        return None
    file = await files.to_read(work.session, packet.file_id)
    stored = {one.document_id: one for one in await documents.of_clinician(work.session, packet.clinician_id)}
    papers = packet.snapshot.papers
    missing = tuple(number for number, (_, paper) in enumerate(papers) if paper.document_id not in stored)
    try:
        key = await desk.vault.file_key(work, packet.clinician_id)
        ids = {stored[paper.document_id].key_id for _, paper in papers} if not missing else set()
        keys = {key_id: await desk.vault.known_file_key(work, key_id) for key_id in ids}
    except PrivateValuesErased:
        return BuildOrder(packet_id=packet.packet_id, missing=tuple(range(len(papers))))
    if missing:
        return BuildOrder(packet_id=packet.packet_id, missing=missing)
    about = await _about(work, file)
    covers = [cover_of(packet, part, agency=agency, about=about) for part in range(len(packet.template.files))]
    volumes = [
        Volume(
            sheet="cover" if packet.template.files[part].has_cover else None,
            data=asdict(cover),
            chapters=_chapters(packet, part, stored=stored, keys=keys),
        )
        for part, cover in enumerate(covers)
    ]
    return BuildOrder(packet_id=packet.packet_id, volumes=tuple(volumes), key=key)


def _chapters(
    packet: Packet, part: int, *, stored: Mapping[str, Document], keys: Mapping[str, FileKey]
) -> tuple[Chapter, ...]:
    def leaf(paper: Paper) -> Leaf:
        one = stored[paper.document_id]
        return Leaf(file=one.file, key=keys[one.key_id], media_type=one.media_type.value, size=one.size)

    enclosed = [item for item in packet.snapshot.items if item.file == part and item.papers]
    return tuple(Chapter(title=item.name, leaves=tuple(map(leaf, item.papers))) for item in enclosed)


async def template_of(work: Work, facility_id: str) -> PacketTemplate:
    """What a facility wants today; without one of its own, the usual one as version 0. Raises NotFound."""
    if await work.known(FacilityChanged, facility_id) is None:
        raise NotFound(what="facility", id=facility_id)
    return await packet_templates.of_day(work.session, facility_id, on=work.now.date())


async def template_versions(work: Work, facility_id: str) -> tuple[PacketTemplate, ...]:
    """Every version of a facility's own, the first first. Raises NotFound for a facility that is not known."""
    if await work.known(FacilityChanged, facility_id) is None:
        raise NotFound(what="facility", id=facility_id)
    return await packet_templates.versions(work.session, facility_id)


def shipped_templates() -> Mapping[str, PacketTemplate]:
    """Those that the package brings, by name."""
    return SHIPPED


async def _seen(work: Work, file: File, packet: Packet) -> SeenPacket:
    names = await _names(work, file, template=packet.template, number=packet.number)
    return SeenPacket(packet=packet, names=names, changed=changed_items(packet, file))


async def _names(work: Work, file: File, *, template: PacketTemplate, number: int) -> tuple[str, ...]:
    about = {field.value: words for field, words in (await _about(work, file)).items()}
    each = {**about, "start": file.terms.start_date.isoformat(), "number": str(number)}
    return tuple(packet_file_name(one.name, {**each, "part": str(part + 1)}) for part, one in enumerate(template.files))


async def _about(work: Work, file: File) -> Mapping[CoverField, str]:
    """What a cover or a name may say of whom it is about; only as much of it is known as has arrived."""
    clinician = await work.known(ClinicianChanged, file.clinician_id)
    facility = await work.known(FacilityChanged, file.facility_id)
    terms = file.terms
    found: dict[CoverField, Any] = {
        CoverField.NAME: clinician.name if clinician else "",
        CoverField.DISCIPLINE: terms.discipline.value,
        CoverField.SPECIALTY: terms.specialty,
        CoverField.FACILITY: facility.name if facility else "",
        CoverField.UNIT: terms.unit,
        CoverField.START: us_day(terms.start_date),
        CoverField.END: us_day(terms.end_date),
        CoverField.NPI: clinician.npi if clinician else "",
    }
    return {field: words or "" for field, words in found.items()}
