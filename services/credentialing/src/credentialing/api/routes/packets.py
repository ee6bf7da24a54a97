"""Packets over HTTP: built, sent, decided on, and given out file by file."""

from collections.abc import Awaitable
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Path
from starlette.responses import Response, StreamingResponse

from credentialing.api.routes.documents import AtDesk, begun
from credentialing.api.routes.files import FileId
from credentialing.api.schemas.packets import (
    BuildPacketIn,
    DecidePacketIn,
    PacketLine,
    PacketList,
    PacketOut,
    PacketPreviewOut,
    SendPacketIn,
)
from credentialing.app.build_packet import BuildPacket, build_packet
from credentialing.app.decide_packet import DecidePacket, decide_packet
from credentialing.app.queries import packets as queries
from credentialing.app.send_packet import SendPacket, send_packet
from credentialing.domain.documents.errors import DocumentNotUsable
from credentialing.domain.documents.sight import READS
from credentialing.domain.errors import FileClosed
from credentialing.domain.packets import errors
from credentialing.domain.packets.packet import Packet
from shared.db.versions import VersionMismatch
from shared.db.work import Work
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.openapi import problems
from shared.vault.errors import PrivateValuesErased

router = APIRouter(prefix="/v1/files/{file_id}", tags=["packets"])

PDF: Final = "application/pdf"
PDF_ANSWER: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}, "example": "%PDF-1.7 …"}
_CONTENT: dict[int | str, dict[str, Any]] = {200: {"description": "The PDF.", "content": {PDF: PDF_ANSWER}}}
GIVEN_OUT = {"Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'"}

PacketId = Annotated[str, Path(max_length=60)]
Part = Annotated[int, Path(ge=0, le=99, description="Which of its files, from 0.")]


async def _seen(work: Work, making: Awaitable[Packet]) -> queries.SeenPacket:
    return await queries.seen_packet(work, await making)


def _show(seen: queries.SeenPacket) -> Answer:
    return Answer(body=PacketOut.of(seen), etag=seen.packet.version)


def _show_new(seen: queries.SeenPacket) -> Answer:
    packet = seen.packet
    location = f"/v1/files/{packet.file_id}/packets/{packet.packet_id}"
    return Answer(body=PacketOut.of(seen), status=202, etag=packet.version, location=location)


@router.get(
    "/packet-preview",
    summary="What a packet would hold today, and what is missing",
    dependencies=[allow("packets.read")],
    responses=problems(NotFound),
)
async def preview_packet(door: Reads, file_id: FileId) -> PacketPreviewOut:
    return PacketPreviewOut.of(await door.read(lambda work: queries.packet_preview(work, file_id)))


@router.post(
    "/packets",
    status_code=202,
    summary="Build a packet",
    description="What goes in is pinned at once, the PDFs follow within seconds: read the packet until it is `built`,"
    " or `failed`. What is missing refuses it, and every such thing is named.",
    dependencies=[allow("packets.build")],
    responses=problems(NotFound, VersionMismatch, FileClosed),
    response_model=PacketOut,
)
async def build(door: Commands, file_id: FileId, asked: Annotated[BuildPacketIn, body(BuildPacketIn)]) -> Response:
    command = BuildPacket(file_id=file_id, attest=asked.attest)
    return await door.command(lambda work: _seen(work, build_packet(work, command)), answer=_show_new)


@router.get(
    "/packets", summary="The packets of a file", dependencies=[allow("packets.read")], responses=problems(NotFound)
)
async def list_packets(door: Reads, file_id: FileId) -> PacketList:
    found = await door.read(lambda work: queries.packets_of(work, file_id))
    return PacketList(items=tuple(map(PacketLine.of, found)))


@router.get(
    "/packets/{packet_id}",
    summary="One packet with all that is in it, how it was sent and what the client said",
    dependencies=[allow("packets.read")],
    responses=problems(NotFound),
    response_model=PacketOut,
)
async def get_packet(door: Reads, file_id: FileId, packet_id: PacketId) -> Response:
    return await door.show(lambda work: queries.packet_by_id(work, file_id, packet_id=packet_id), answer=_show)


@router.get(
    "/packets/{packet_id}/files/{part}/content",
    summary="One PDF of a packet",
    description="Only for who may read every part of the file of which it holds documents. Who takes it is noted.",
    dependencies=[allow("packets.read", besides=READS)],
    responses={
        **problems(NotFound, PrivateValuesErased, errors.PacketNotBuilt, errors.PacketContentGone),
        **_CONTENT,
    },
    response_class=Response,
)
async def get_content(door: Reads, desk: AtDesk, file_id: FileId, packet_id: PacketId, part: Part) -> Response:
    wanted = queries.PacketPart(file_id=file_id, packet_id=packet_id, part=part)
    content = await door.read(lambda work: queries.packet_content(work, wanted, reaches=door.reaches, desk=desk))
    named = f"attachment; filename=\"packet.pdf\"; filename*=UTF-8''{quote(content.name, safe='')}"
    headers = {**GIVEN_OUT, "Content-Disposition": named, "Content-Length": str(content.size)}
    parts = await begun(desk.store.open(content.file, key=content.key))
    return StreamingResponse(parts, headers=headers, media_type=PDF)


@router.post(
    "/packets/{packet_id}:send",
    summary="A packet was sent to the client",
    dependencies=[allow("packets.send")],
    responses=problems(
        NotFound, VersionMismatch, errors.PacketNotBuilt, errors.PacketOutdated, errors.PacketContentGone
    ),
    response_model=PacketOut,
)
async def send(
    door: Commands, file_id: FileId, packet_id: PacketId, asked: Annotated[SendPacketIn, body(SendPacketIn)]
) -> Response:
    command = SendPacket(file_id=file_id, packet_id=packet_id, **asked.model_dump())
    return await door.command(lambda work: _seen(work, send_packet(work, command)), answer=_show)


@router.post(
    "/packets/{packet_id}:decide",
    summary="What the client said of a packet",
    dependencies=[allow("packets.decide")],
    responses=problems(NotFound, VersionMismatch, errors.PacketNotSent, DocumentNotUsable),
    response_model=PacketOut,
)
async def decide(
    door: Commands, file_id: FileId, packet_id: PacketId, asked: Annotated[DecidePacketIn, body(DecidePacketIn)]
) -> Response:
    given = {**asked.model_dump(), "items": tuple(one.decision() for one in asked.items)}
    command = DecidePacket(file_id=file_id, packet_id=packet_id, **given)
    return await door.command(lambda work: _seen(work, decide_packet(work, command)), answer=_show)
