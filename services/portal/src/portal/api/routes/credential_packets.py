"""What leaves for the client: packets of a file, how they were sent, what the client said."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from starlette.responses import Response

from portal.api.pages.calls import Calls
from portal.api.pages.packet_pages import PacketPages
from portal.api.pages.page import Pages
from portal.api.routes.assignments import AssignmentId
from shared.http.access import allow

router = APIRouter(include_in_schema=False, dependencies=[allow("packets.read")])

PacketId = Annotated[str, Path(pattern=r"^pkt_[0-9a-z]{1,40}$")]
Part = Annotated[int, Path(ge=0, le=99)]


async def _packets(door: Pages, services: Calls, assignment_id: AssignmentId) -> PacketPages:
    return PacketPages(door=door, services=services, assignment_id=assignment_id)


Packets = Annotated[PacketPages, Depends(_packets)]


@router.get("/assignments/{assignment_id}/packets")
async def show_packets(packets: Packets) -> Response:
    """What a packet would hold today, and those that were built."""
    return await packets.show()


@router.get("/assignments/{assignment_id}/packets/{packet_id}/{part}")
async def download_part(packets: Packets, packet_id: PacketId, part: Part) -> Response:
    """One PDF of a packet."""
    return await packets.download(packet_id, part)
