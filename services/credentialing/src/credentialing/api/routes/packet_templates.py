"""What facilities want to get, over HTTP: read by those who work with files, written by leads."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from credentialing.api.schemas.packet_templates import (
    PacketTemplateIn,
    PacketTemplateOut,
    PacketTemplatesOut,
    PacketTemplateVersions,
)
from credentialing.app.put_packet_template import PutPacketTemplate, put_packet_template
from credentialing.app.queries import packets as queries
from credentialing.domain.packets.template import PacketTemplate
from shared.db.versions import VersionMismatch
from shared.errors import NotFound
from shared.http.access import allow
from shared.http.answers import Answer
from shared.http.commands import Commands, Reads
from shared.http.decoding import body
from shared.http.errors import IfMatchMalformed, IfMatchMissing
from shared.http.openapi import problems
from shared.http.versions import ExpectedVersion

router = APIRouter(prefix="/v1", tags=["packets"])

OF_FACILITY = "/facilities/{facility_id}/packet-template"
FacilityId = Annotated[str, Path(max_length=60)]


def _show(template: PacketTemplate) -> Answer:
    return Answer(body=PacketTemplateOut.of(template), etag=template.number)


def _show_versions(facility_id: str, versions: Sequence[PacketTemplate]) -> PacketTemplateVersions:
    return PacketTemplateVersions(facility_id=facility_id, versions=tuple(map(PacketTemplateOut.of, versions)))


@router.get(
    "/packet-templates",
    summary="Packet templates that can be taken over",
    dependencies=[allow("rules.read")],
    responses=problems(),
)
async def list_templates() -> PacketTemplatesOut:
    every = queries.shipped_templates()
    return PacketTemplatesOut(items={name: PacketTemplateOut.of(one) for name, one in every.items()})


@router.get(
    OF_FACILITY,
    summary="What a facility wants to get today",
    dependencies=[allow("rules.read")],
    responses=problems(NotFound),
    response_model=PacketTemplateOut,
)
async def get_template(door: Reads, facility_id: FacilityId) -> Response:
    return await door.show(lambda work: queries.template_of(work, facility_id), answer=_show)


@router.get(
    f"{OF_FACILITY}/versions",
    summary="What a facility wanted, version by version",
    dependencies=[allow("rules.read")],
    responses=problems(NotFound),
)
async def list_versions(door: Reads, facility_id: FacilityId) -> PacketTemplateVersions:
    found = await door.read(lambda work: queries.template_versions(work, facility_id))
    return _show_versions(facility_id, found)


@router.put(
    OF_FACILITY,
    summary="Write what a facility wants to get",
    description="The next version, or the first. The rule that asks for the packet follows: its due day, and whether"
    " the client decides.",
    dependencies=[allow("rules.write")],
    responses=problems(NotFound, VersionMismatch, IfMatchMissing, IfMatchMalformed),
    response_model=PacketTemplateOut,
)
async def write_template(
    door: Commands,
    expected_version: ExpectedVersion,
    facility_id: FacilityId,
    asked: Annotated[PacketTemplateIn, body(PacketTemplateIn)],
) -> Response:
    command = PutPacketTemplate(wanted=asked.template(facility_id), expected_version=expected_version)
    return await door.command(lambda work: put_packet_template(work, command), answer=_show)
