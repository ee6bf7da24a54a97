"""What waits at the sources: what the page asks of credentialing, and of the portal's own queue."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.page import PageDoor
from portal.api.views.credential_tabs import SOURCES, section_tabs
from portal.api.views.refusals import said
from portal.api.views.sources import sources_view
from portal.app.queries.sources import at_sources
from portal.clients.services import Answer, Services
from shared.db.work import Work

Questions = tuple[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePages:
    """Sources as one person sees them."""

    door: PageDoor
    services: Services

    async def show(self) -> Response:
        """How each source stands, what waits there and since when, and how old the lists are."""
        found = await self.door.read(at_sources)
        sources, lists = await asyncio.gather(
            self.services.get(SERVICE, "/v1/sources"), self.services.get(SERVICE, "/v1/exclusion-lists")
        )
        asked = await self._asked(sorted({one.assignment_id for one in found.waiting}))

        async def look(_: Work) -> Mapping[str, Any]:
            tabs = section_tabs(self.door.principal, SOURCES)
            if not isinstance(sources, Answer):
                return {"view": None, "trouble": said(sources), "tabs": tabs}
            known = lists.body["items"] if isinstance(lists, Answer) else ()
            return {"view": sources_view(sources.body["items"], known, asked, found), "trouble": None, "tabs": tabs}

        return await self.door.show("credentialing/sources.html", look)

    async def _asked(self, assignment_ids: Sequence[str]) -> Mapping[str, Questions]:
        """By assignment, its file and what was asked for it; without those that cannot be read."""
        answers = await asyncio.gather(*(self._questions(one) for one in assignment_ids))
        return {key: one for key, one in zip(assignment_ids, answers, strict=True) if one}

    async def _questions(self, assignment_id: str) -> Questions | None:
        path = await file_path(self.services, assignment_id)
        if not isinstance(path, str):
            return None
        answer = await self.services.get(SERVICE, f"{path}/inquiries")
        return (path.rpartition("/")[2], answer.body["items"]) if isinstance(answer, Answer) else None
