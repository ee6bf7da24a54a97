"""What waits at the sources: what the page asks of credentialing."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.page import PageDoor
from portal.api.views.credential_tabs import SOURCES, section_tabs
from portal.api.views.refusals import said
from portal.api.views.sources import sources_view
from portal.app.queries.sources import who_waits
from portal.clients.services import Answer, Services
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePages:
    """Sources as one person sees them."""

    door: PageDoor
    services: Services

    async def show(self) -> Response:
        """How each source stands, what waits there and since when, and how old the lists are."""
        sources, lists = await asyncio.gather(
            self.services.get(SERVICE, "/v1/sources"), self.services.get(SERVICE, "/v1/exclusion-lists")
        )

        async def look(work: Work) -> Mapping[str, Any]:
            tabs = section_tabs(self.door.principal, SOURCES)
            if not isinstance(sources, Answer):
                return {"view": None, "trouble": said(sources), "tabs": tabs}
            known = lists.body["items"] if isinstance(lists, Answer) else ()
            who = await who_waits(work, [one["clinician_id"] for one in sources.body["unanswered"]])
            return {"view": sources_view(sources.body, known, who), "trouble": None, "tabs": tabs}

        return await self.door.show("credentialing/sources.html", look)
