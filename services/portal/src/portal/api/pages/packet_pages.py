"""The packets of an assignment's file: what their page asks of credentialing, and shows of its answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.document_pages import shown
from portal.api.pages.page import PageDoor
from portal.api.views import assignment as bars
from portal.api.views.credential_packets import PacketsView, packets_view
from portal.api.views.credential_tabs import PACKETS, file_parts
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.clients.services import Answer, Services
from shared.db.work import Work
from shared.errors import NotFound

MOST_PACKETS: Final = 10
"""The newest that are shown whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPages:
    """The packets of one assignment's file."""

    door: PageDoor
    services: Services
    assignment_id: str

    async def show(self) -> Response:
        """What a packet would hold today, and those that were built."""
        head = await self.door.read(lambda work: queries.head_of(work, self.assignment_id))
        view, trouble = await self._view()

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            parts = file_parts(bar.href, self.door.principal.roles, part=PACKETS)
            audit = bool(POLICY["audit_packets.read"] & self.door.principal.roles)
            return {"bar": bar, "view": view, "trouble": trouble, "parts": parts, "may_audit": audit}

        return await self.door.show("credentialing/packets.html", look, block="panel")

    async def download(self, packet_id: str, part: int) -> Response:
        """One PDF of a packet, to be kept. Raises NotFound."""
        await self.door.read(lambda work: queries.head_of(work, self.assignment_id))
        path = await file_path(self.services, self.assignment_id)
        if not isinstance(path, str):
            raise NotFound(what="packet", id=packet_id)
        found = await self.services.picture(SERVICE, f"{path}/packets/{packet_id}/files/{part}/content")
        answer = shown(found, packet_id)
        answer.headers["Content-Disposition"] = f'attachment; filename="{packet_id}-{part}.pdf"'
        return answer

    async def _view(self) -> tuple[PacketsView | None, str | None]:
        path = await file_path(self.services, self.assignment_id)
        if not isinstance(path, str):
            return None, None if isinstance(path, Answer) else said(path)
        preview, listed = await asyncio.gather(
            self.services.get(SERVICE, f"{path}/packet-preview"), self.services.get(SERVICE, f"{path}/packets")
        )
        if not isinstance(preview, Answer):
            return None, said(preview)
        lines = listed.body["items"][:MOST_PACKETS] if isinstance(listed, Answer) else []
        whole = await asyncio.gather(
            *(self.services.get(SERVICE, f"{path}/packets/{one['packet_id']}") for one in lines)
        )
        packets = tuple(one.body for one in whole if isinstance(one, Answer))
        file_id = path.rpartition("/")[2]
        return packets_view(file_id, preview.body, packets, assignment_id=self.assignment_id), None
