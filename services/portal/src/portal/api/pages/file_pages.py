"""The credentialing file of an assignment: what its pages ask of credentialing, and show of its answers."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from starlette.responses import Response

from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.page import PageDoor
from portal.api.views import assignment as bars
from portal.api.views.blocked_shifts import BlockedView, blocked_view
from portal.api.views.credential_file import FileView, file_view
from portal.api.views.credential_item import ItemView, item_view
from portal.api.views.credential_tabs import FILE, file_parts
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.app.queries.assignment_page import Head
from portal.clients.services import Answer, Outcome, Services
from shared.db.work import Work

PANEL: Final = "panel"
WHOLE: Final = ("", "/why-not", "/forecast", "/decisions")
TIMEKEEPING: Final = "timekeeping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What credentialing answered about a file, part by part; `trouble` says in words why the first one is missing."""

    bodies: Mapping[str, Mapping[str, Any]]
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePages:
    """The file of one assignment."""

    door: PageDoor
    services: Services
    assignment_id: str

    async def show_file(self) -> Response:
        """Every item, what is in the way, when it can be clear, and what was decided."""
        head = await self._head()
        asked, blocked = await asyncio.gather(self._asked(WHOLE), self._blocked(head.today))

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            parts = file_parts(bar.href, self.door.principal.roles, part=FILE)
            view = _file_view(asked, bar)
            return {"bar": bar, "view": view, "blocked": blocked, "trouble": asked.trouble, "parts": parts}

        return await self.door.show("credentialing/file.html", look, block=PANEL)

    async def show_item(self, code: str) -> Response:
        """One item: what was claimed, what sources said, and what may be done."""
        part = f"/items/{code}"
        head, asked = await self._head(), await self._asked((part, "", "/inquiries"))

        async def look(_: Work) -> Mapping[str, Any]:
            roles = self.door.principal.roles
            bar = bars.head_view(head, roles, tab=bars.FILE)
            return {"bar": bar, "view": self._item_view(asked, part), "trouble": asked.trouble}

        return await self.door.show("credentialing/item.html", look, block=PANEL)

    def _item_view(self, asked: Asked, part: str) -> ItemView | None:
        file, behind = asked.bodies.get(""), asked.bodies.get(part)
        if not file or not behind:
            return None
        return item_view(behind, file, asked=asked.bodies.get("/inquiries"), roles=self.door.principal.roles)

    async def _blocked(self, today: date) -> BlockedView | None:
        """The blocked shifts from today on; None where there are none, or no answer for this person."""
        found = await self.services.get(TIMEKEEPING, "/v1/plans", params={"assignment_id": self.assignment_id})
        if not isinstance(found, Answer) or not found.body["items"]:
            return None
        path = f"/v1/plans/{found.body['items'][0]['plan_id']}"
        plan = await self.services.get(TIMEKEEPING, path, params={"shifts_from": today.isoformat()})
        return blocked_view(plan.body) if isinstance(plan, Answer) else None

    async def _head(self) -> Head:
        return await self.door.read(lambda work: queries.head_of(work, self.assignment_id))

    async def _asked(self, parts: tuple[str, ...]) -> Asked:
        """The parts of the file, asked at once; those that are refused are left out, and only the first one is said."""
        path = await file_path(self.services, self.assignment_id)
        if not isinstance(path, str):
            return Asked(bodies={}, trouble=_trouble(path))
        answers = await asyncio.gather(*(self.services.get(SERVICE, f"{path}{part}") for part in parts))
        known = {part: one.body for part, one in zip(parts, answers, strict=True) if isinstance(one, Answer)}
        return Asked(bodies=known, trouble=_trouble(answers[0]))


def _file_view(asked: Asked, bar: bars.Bar) -> FileView | None:
    file = asked.bodies.get("")
    if file is None:
        return None
    return file_view(
        file,
        asked.bodies.get("/why-not"),
        forecast=asked.bodies.get("/forecast"),
        decided=asked.bodies.get("/decisions"),
        name=bar.title,
        today=bar.today,
    )


def _trouble(answer: Outcome) -> str | None:
    return None if isinstance(answer, Answer) else said(answer)
