"""The skills checklists of the clinician of an assignment: the list, and one for whoever reviews it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import assignment as bars
from portal.api.views import skills as views
from portal.api.views.credential_tabs import SKILLS, file_parts
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.app.queries.assignment_page import Head
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services
from portal.storage import names
from shared.db.work import Work
from shared.errors import NotFound

PANEL: Final = "panel"
FORMS: Final = "/v1/skills-forms"

Fields = Mapping[str, str]
NO_FIELDS: Fields = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a reviewer typed, what is wrong with it, and what came of sending it."""

    typed: Fields = field(default_factory=lambda: NO_FIELDS)
    faults: Fields = field(default_factory=lambda: NO_FIELDS)
    outcome: Outcome | None = None

    @property
    def errors(self) -> Fields:
        """What is wrong, by field."""
        refused = self.outcome.findings if isinstance(self.outcome, Refusal) else ()
        return {**{one.pointer.strip("/").partition("/")[0]: one.message for one in refused}, **self.faults}

    @property
    def trouble(self) -> str | None:
        """What went wrong as a whole."""
        return None if self.outcome is None or isinstance(self.outcome, Answer) or self.errors else said(self.outcome)


NOT_YET: Final = Review()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsPages:
    """The checklists of the clinician of one assignment."""

    door: PageDoor
    services: Services
    assignment_id: str

    async def show_list(self) -> Response:
        """Every checklist, those of the ordered unit first."""
        head = await self._head()
        listed = await self.services.get(SERVICE, f"/v1/clinicians/{head.assignment.clinician_id}/checklists")

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            parts = file_parts(bar.href, self.door.principal.roles, part=SKILLS)
            shown = {"bar": bar, "parts": parts, "unit": head.assignment.unit or ""}
            if not isinstance(listed, Answer):
                return {**shown, "lines": None, "trouble": said(listed)}
            lines = views.checklist_lines(listed.body["items"], unit=head.assignment.unit or "", href=bar.href)
            return {**shown, "lines": lines, "trouble": None}

        return await self.door.show("credentialing/skills.html", look, block=PANEL)

    async def show_one(self, checklist_id: str, review: Review = NOT_YET) -> Response:
        """One checklist: score, gaps, ratings, and the form of its review. Raises NotFound."""
        head = await self._head()
        found, forms = await asyncio.gather(
            self.services.get(SERVICE, _path(checklist_id)), self.services.get(SERVICE, FORMS)
        )
        _require_of(head, found, checklist_id)

        async def look(work: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            shown = {"bar": bar, "key": token_urlsafe(16), "review": review, "may_review": self._may_review}
            if not isinstance(found, Answer):
                return {**shown, "view": None, "version": None, "trouble": said(found)}
            known = await names.names_of(work.session, [found.body["reviewed_by"]])
            every = forms.body["items"] if isinstance(forms, Answer) else ()
            unit = head.assignment.unit or ""
            view = views.checklist_view(found.body, every, unit=unit, href=bar.href, names=known)
            return {**shown, "view": view, "version": found.version, "trouble": review.trouble}

        status = 422 if review.errors else 200
        return await self.door.show("credentialing/checklist.html", look, block=PANEL, status=status)

    async def review(self, checklist_id: str, form: Form) -> Response:
        """Accepts the checklist or sends it back; what is wrong comes back at its field. Raises NotFound."""
        typed = form.typed()
        wanted = {"accepts": "Say whether you accept it.", "note": "Write what you looked at, or what is wanting."}
        if faults := {name: words for name, words in wanted.items() if not typed.get(name)}:
            return await self.show_one(checklist_id, Review(typed=typed, faults=faults))
        head = await self._head()
        _require_of(head, await self.services.get(SERVICE, _path(checklist_id)), checklist_id)
        body = {"accepts": typed["accepts"] == "yes", "note": typed["note"]}
        path = f"{_path(checklist_id)}:review"
        sent = Sent(method="POST", path=path, body=body, key=form.text(KEY), version=form.version)
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(f"/assignments/{self.assignment_id}/skills/{checklist_id}", 303)
        return await self.show_one(checklist_id, Review(typed=typed, outcome=outcome))

    async def _head(self) -> Head:
        return await self.door.read(lambda work: queries.head_of(work, self.assignment_id))

    @property
    def _may_review(self) -> bool:
        return bool(POLICY["skills.review"] & self.door.principal.roles)


def _path(checklist_id: str) -> str:
    return f"/v1/checklists/{checklist_id}"


def _require_of(head: Head, found: Outcome, checklist_id: str) -> None:
    """Raises NotFound for a checklist of somebody else."""
    if isinstance(found, Answer) and found.body["clinician_id"] != head.assignment.clinician_id:
        raise NotFound(what="checklist", id=checklist_id)
