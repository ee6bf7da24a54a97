"""Whom we asked outside about the clinician of an assignment: the list, asking somebody, and one request."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.doors import KEY, Form
from portal.api.pages.outside_pages import OUTSIDE
from portal.api.pages.page import PageDoor
from portal.api.views import assignment as bars
from portal.api.views import references as views
from portal.api.views.credential_tabs import REFERENCES, file_parts
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.app.queries.agency import agency_name
from portal.app.queries.assignment_page import Head
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services
from portal.storage import names
from shared.db.work import Work
from shared.errors import NotFound

PANEL: Final = "panel"
MOST_NAMED: Final = 20
"""The newest requests: their people are named in the list."""
UNOPENED: Final = {"opens_answer": "false"}
"""A list opens no answer, for that is noted."""
RENEW, WITHDRAW, JUDGE = "renew-link", "withdraw", "judge"
_TYPED: Final = ("name", "email", "claimed")

Body = Mapping[str, Any]
Fields = Mapping[str, str]
NO_FIELDS: Fields = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a person typed, what is wrong with it, and what came of sending it; `person` is whom a new link is for."""

    typed: Fields = field(default_factory=lambda: NO_FIELDS)
    faults: Fields = field(default_factory=lambda: NO_FIELDS)
    outcome: Outcome | None = None
    person: Fields = field(default_factory=lambda: NO_FIELDS)

    @property
    def errors(self) -> Fields:
        """What is wrong, by field."""
        refused = self.outcome.findings if isinstance(self.outcome, Refusal) else ()
        found = {one.pointer.strip("/").partition("/")[0]: one.message for one in refused}
        named = {"about" if name in ("kind", "code") else name: words for name, words in found.items()}
        return {**named, **self.faults}

    @property
    def trouble(self) -> str | None:
        """What went wrong as a whole."""
        return None if self.outcome is None or isinstance(self.outcome, Answer) or self.errors else said(self.outcome)

    @property
    def status(self) -> int:
        """Of the page that shows it."""
        return 422 if self.errors else 200


UNTRIED: Final = Tried()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferencePages:
    """The requests about the clinician of one assignment; `address` is where people reach the portal."""

    door: PageDoor
    services: Services
    assignment_id: str
    address: str

    async def show_list(self, tried: Tried = UNTRIED) -> Response:
        """Whom we asked, what their answers come to, and the form to ask somebody."""
        head = await self._head()
        listed, file = await asyncio.gather(self.services.get(SERVICE, self._of(head)), self._file())
        people = await self._people(listed.body["items"]) if isinstance(listed, Answer) else {}

        async def look(work: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            parts = file_parts(bar.href, self.door.principal.roles, part=REFERENCES)
            shown = {"bar": bar, "parts": parts, "key": token_urlsafe(16), "tried": tried, "may_ask": self._may_ask}
            if not isinstance(listed, Answer):
                return {**shown, "view": None, "made": None, "trouble": said(listed)}
            view = views.references_view(listed.body["items"], file, people=people, href=bar.href)
            return {**shown, "view": view, "made": await self._made(work, tried, bar.title), "trouble": tried.trouble}

        return await self.door.show("credentialing/references.html", look, block=PANEL, status=tried.status)

    async def ask(self, form: Form) -> Response:
        """Asks somebody; the link is on the page that answers, and nowhere else."""
        typed = form.typed()
        kind, code = views.asked_for(typed.get("about", ""))
        faults = {name: words for name, words in _wanted().items() if not typed.get(name)}
        if not kind:
            faults["about"] = "Choose as what this person is asked."
        if faults:
            return await self.show_list(Tried(typed=typed, faults=faults))
        head = await self._head()
        body = {"kind": kind, "code": code, **{name: typed.get(name, "") for name in _TYPED}}
        sent = Sent(method="POST", path=self._of(head), body=body, key=form.text(KEY))
        outcome = await self.services.send(SERVICE, sent)
        kept = NO_FIELDS if isinstance(outcome, Answer) else typed
        return await self.show_list(Tried(typed=kept, outcome=outcome, person=typed))

    async def show_one(self, request_id: str, tried: Tried = UNTRIED) -> Response:
        """One request with whom we asked; the answer for who may read that part of the file. Raises NotFound."""
        head = await self._head()
        found, file = await asyncio.gather(self.services.get(SERVICE, _path(request_id)), self._file())
        self._require_of(head, found, request_id)

        async def look(work: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            shown = {"bar": bar, "key": token_urlsafe(16), "tried": tried, "may_ask": self._may_ask}
            if not isinstance(found, Answer):
                return {**shown, "view": None, "version": None, "made": None, "trouble": said(found)}
            people = [found.body["asked_by"], found.body["judged_by"]]
            known = await names.names_of(work.session, people)
            view = views.request_view(found.body, file, names=known, href=bar.href)
            person = {name: str(found.body.get(name) or "") for name in ("name", "email")}
            made = await self._made(work, Tried(outcome=tried.outcome, person=person), bar.title)
            return {**shown, "view": view, "version": found.version, "made": made, "trouble": tried.trouble}

        return await self.door.show("credentialing/reference.html", look, block=PANEL, status=tried.status)

    async def act(self, request_id: str, form: Form) -> Response:
        """Makes another link, takes the request back, or says whether the answer counts. Raises NotFound."""
        typed, verb = form.typed(), form.text("do")
        if verb not in (RENEW, WITHDRAW, JUDGE):
            raise NotFound(what="command", id=verb)
        faults = _judge_faults(typed) if verb == JUDGE else {}
        if faults:
            return await self.show_one(request_id, Tried(typed=typed, faults=faults))
        head = await self._head()
        self._require_of(head, await self._line(head, request_id), request_id)
        body = {"counts": typed["counts"] == "yes", "because": typed["because"]} if verb == JUDGE else {}
        path = f"{_path(request_id)}:{verb}"
        sent = Sent(method="POST", path=path, body=body, key=form.text(KEY), version=form.version)
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer) and verb != RENEW:
            return RedirectResponse(f"/assignments/{self.assignment_id}/references/{request_id}", 303)
        return await self.show_one(request_id, Tried(typed=typed, outcome=outcome))

    async def _made(self, work: Work, tried: Tried, clinician: str) -> views.Made | None:
        """The link of what was just asked or renewed."""
        if not isinstance(tried.outcome, Answer):
            return None
        return views.made_view(
            tried.outcome.body,
            tried.person,
            address=f"{self.address}{OUTSIDE}",
            agency=await agency_name(work),
            clinician=clinician,
        )

    async def _people(self, requests: Sequence[Body]) -> Mapping[str, str]:
        """Whom we asked, by request, as far as that is shown to the reader."""
        asked = [str(one["request_id"]) for one in requests][-MOST_NAMED:]
        found = await asyncio.gather(*(self.services.get(SERVICE, _path(one), params=UNOPENED) for one in asked))
        pairs = zip(asked, found, strict=True)
        return {one: answer.body["name"] for one, answer in pairs if isinstance(answer, Answer) and answer.body["name"]}

    async def _line(self, head: Head, request_id: str) -> Outcome:
        """The request without its answer, whose opening is noted."""
        listed = await self.services.get(SERVICE, self._of(head))
        if not isinstance(listed, Answer):
            return listed
        found = next((one for one in listed.body["items"] if one["request_id"] == request_id), {"clinician_id": ""})
        return Answer(service=SERVICE, status=200, body=found)

    def _require_of(self, head: Head, found: Outcome, request_id: str) -> None:
        if isinstance(found, Answer) and found.body["clinician_id"] != head.assignment.clinician_id:
            raise NotFound(what="request", id=request_id)

    async def _file(self) -> Body | None:
        path = await file_path(self.services, self.assignment_id)
        file = await self.services.get(SERVICE, path) if isinstance(path, str) else path
        return file.body if isinstance(file, Answer) and "file_id" in file.body else None

    async def _head(self) -> Head:
        return await self.door.read(lambda work: queries.head_of(work, self.assignment_id))

    def _of(self, head: Head) -> str:
        return f"/v1/clinicians/{head.assignment.clinician_id}/outside-requests"

    @property
    def _may_ask(self) -> bool:
        return bool(POLICY["references.ask"] & self.door.principal.roles)


def _path(request_id: str) -> str:
    return f"/v1/outside-requests/{request_id}"


def _wanted() -> dict[str, str]:
    return {"name": "Write the name of the person.", "email": "Write the person's e-mail address."}


def _judge_faults(typed: Fields) -> dict[str, str]:
    wanted = {"counts": "Say whether the answer counts.", "because": "Write why."}
    return {name: words for name, words in wanted.items() if not typed.get(name)}
