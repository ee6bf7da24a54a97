"""Background reports under adjudication: what their pages ask of credentialing, send to it, and show."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE, file_path
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import adverse_actions as views
from portal.api.views import assignment as bars
from portal.api.views.credential_tabs import ADVERSE, REPORTS, file_parts, section_tabs
from portal.api.views.refusals import said
from portal.app.queries import assignment_page as queries
from portal.app.queries.agency import agency_day
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services, Unreachable
from portal.storage import names
from shared.db.work import Work

ON_A_PAGE: Final = 20
Body = Mapping[str, Any]
_SAID_BY_IT: Final = (409, 422)
"""Refusals of a step, which credentialing words with days and reasons."""
_FIELD_OF: Final = {"notice_incomplete": "holds", "wait_too_short": "wait", "final_notice_too_soon": "on"}
_FIELD_OF_OPENING: Final = {"not_a_background_item": "code", "already_under_review": "code"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was refused: which, what was typed, and what is wrong."""

    do: str = ""
    typed: Mapping[str, str] | None = None
    ticked: Collection[str] = ()
    errors: Mapping[str, str] | None = None
    trouble: str | None = None
    status: int = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class AdversePages:
    """Adverse actions as one person sees them."""

    door: PageDoor
    services: Services

    async def show_list(self, *, is_open: bool, cursor: str | None) -> Response:
        """Those that are open, or all, each with the step that is due."""
        asked = {"limit": str(ON_A_PAGE), **({"is_open": "true"} if is_open else {})}
        answer = await self._get("/v1/adverse-actions", asked | ({"cursor": cursor} if cursor else {}))
        lines = await self._whole(answer.body["items"]) if isinstance(answer, Answer) else []
        known = await self._names(lines)

        async def look(_: Work) -> Mapping[str, Any]:
            body = {**answer.body, "items": lines} if isinstance(answer, Answer) else None
            view = views.actions_view(body, names=known, is_open=is_open) if body else None
            return {"view": view, "trouble": _trouble(answer), "tabs": section_tabs(self.door.principal, ADVERSE)}

        return await self.door.show("credentialing/adverse_actions.html", look)

    async def show(self, action_id: str, taken: Taken | None = None) -> Response:
        """One, with its days, what the law wants next, and the forms of what may be done."""
        answer = await self._get(f"/v1/adverse-actions/{action_id}")
        known = await self._names([answer.body]) if isinstance(answer, Answer) else {}

        async def look(work: Work) -> Mapping[str, Any]:
            trouble = _trouble(answer)
            if not isinstance(answer, Answer):
                return {"view": None, "trouble": trouble, "taken": Taken(), "key": "", "words": views}
            view = views.action_view(
                answer.body,
                names=known,
                version=answer.version or 0,
                today=await agency_day(work),
                may=[name for name in ("open", "decide") if self._may(f"adverse.{name}")],
                sent=taken.do if taken else "",
            )
            return {"view": view, "trouble": None, "taken": taken or Taken(), "key": token_urlsafe(16), "words": views}

        status = taken.status if taken else 200
        return await self.door.show("credentialing/adverse_action.html", look, status=status)

    async def take(self, action_id: str, form: Form) -> Response:
        """Takes one step; a refusal comes back at its form, with all that was typed."""
        fields, holds = form.typed(), form.texts("holds")
        taken = Taken(do=fields.get("do", ""), typed=fields, ticked=holds)
        body = _body(taken.do, fields, holds)
        if body is None:
            return await self.show(action_id, replace(taken, trouble="Choose what was done."))
        if missing := {name: MISSING[name] for name, value in body.items() if value == "" and name in MISSING}:
            return await self.show(action_id, replace(taken, errors=_at_fields(missing)))
        sent = Sent(
            method="POST",
            path=f"/v1/adverse-actions/{action_id}:{taken.do}",
            body=body,
            key=form.text(KEY),
            version=form.version,
        )
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(f"{views.PATH}/{action_id}", 303)
        return await self.show(action_id, _refused(taken, outcome, _FIELD_OF))

    async def show_of(self, assignment_id: str, taken: Taken | None = None) -> Response:
        """Those of an assignment, and the form that opens another one."""
        head = await self.door.read(lambda work: queries.head_of(work, assignment_id))
        asked = {"assignment_id": assignment_id, "limit": str(ON_A_PAGE)}
        listed, file = await asyncio.gather(self._get("/v1/adverse-actions", asked), self._file(assignment_id))
        lines = await self._whole(listed.body["items"]) if isinstance(listed, Answer) else []
        known = await self._names(lines)

        async def look(_: Work) -> Mapping[str, Any]:
            bar = bars.head_view(head, self.door.principal.roles, tab=bars.FILE)
            body = file.body if isinstance(file, Answer) and "file_id" in file.body else None
            view = views.assignment_actions(lines, body, names=known) if isinstance(listed, Answer) else None
            return {
                "bar": bar,
                "parts": file_parts(bar.href, self.door.principal.roles, part=REPORTS),
                "view": view,
                "trouble": _trouble(listed),
                "taken": taken or Taken(),
                "key": token_urlsafe(16),
                "may_open": self._may("adverse.open"),
            }

        status = taken.status if taken else 200
        return await self.door.show("credentialing/assignment_adverse.html", look, block="panel", status=status)

    async def open_review(self, assignment_id: str, form: Form) -> Response:
        """Opens the review of a report; the item and the report's id come back with what is wrong with them."""
        fields = form.typed()
        await self.door.read(lambda work: queries.head_of(work, assignment_id))
        body = {name: fields.get(name, "") for name in ("code", "report")}
        if missing := {name: MISSING[name] for name, value in body.items() if not value}:
            return await self.show_of(assignment_id, Taken(typed=fields, errors=missing))
        path = await file_path(self.services, assignment_id)
        if not isinstance(path, str):
            return await self.show_of(assignment_id, _refused(Taken(typed=fields), path, {}))
        sent = Sent(method="POST", path=f"{path}/adverse-actions", body=body, key=form.text(KEY))
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(f"{views.PATH}/{outcome.body['action_id']}", 303)
        return await self.show_of(assignment_id, _refused(Taken(typed=fields), outcome, _FIELD_OF_OPENING))

    async def _whole(self, lines: Sequence[Body]) -> Sequence[Body]:
        """Each open one with its days; of one that is over, or cannot be read, its line does."""
        asked = [self._get(f"/v1/adverse-actions/{one['action_id']}") for one in lines if one["is_open"]]
        answers = await asyncio.gather(*asked)
        known = {one.body["action_id"]: one.body for one in answers if isinstance(one, Answer)}
        return [known.get(one["action_id"], one) for one in lines]

    async def _names(self, lines: Sequence[Body]) -> Mapping[str, str]:
        ids = [one["clinician_id"] for one in lines]
        return await self.door.read(lambda work: names.names_of(work.session, ids)) if ids else {}

    async def _file(self, assignment_id: str) -> Outcome:
        path = await file_path(self.services, assignment_id)
        return await self._get(path) if isinstance(path, str) else path

    async def _get(self, path: str, params: Mapping[str, str] | None = None) -> Outcome:
        return await self.services.get(SERVICE, path, params=params)

    def _may(self, action: str) -> bool:
        return bool(POLICY[action] & self.door.principal.roles)


MISSING: Final = {
    "code": "Choose the item that the report is about.",
    "report": "Write the vendor's id of the report.",
    "sent_on": "Write the day on which it went.",
    "on": "Write the day.",
    "resolution": "Choose how it ended.",
    "cra_name": "Name the agency that reported.",
    "cra_contact": "Write its address and telephone number.",
    "reason": "Say why the report does not stand in the way.",
}
_NAMED_ON_PAGE: Final = {"sent_on": "on"}


def _at_fields(found: Mapping[str, str]) -> Mapping[str, str]:
    return {_NAMED_ON_PAGE.get(name, name): message for name, message in found.items()}


def _body(do: str, fields: Mapping[str, str], holds: Sequence[str]) -> Mapping[str, Any] | None:
    """The step as credentialing takes it; None for one that there is not."""
    on = fields.get("on", "")
    if do == "send-pre-adverse":
        wait = fields.get("wait", "")
        days = int(wait) if wait.isascii() and wait.isdigit() and len(wait) < 4 else 0
        return {"sent_on": on, "encloses": list(holds), "wait_business_days": days}
    if do == "send-final":
        named = {name: fields.get(name, "") for name in ("cra_name", "cra_contact")}
        return {"sent_on": on, "states": list(holds), **named}
    if do == "dispute":
        return {"on": on}
    if do == "resolve-dispute":
        return {"on": on, "resolution": fields.get("resolution", "")}
    return {"reason": fields.get("reason", "")} if do == "clear" else None


def _errors(outcome: Outcome, field_of: Mapping[str, str]) -> Mapping[str, str]:
    """What is wrong, by field of the form: of the whole step at the field that its code is about."""
    if not isinstance(outcome, Refusal) or outcome.status not in _SAID_BY_IT:
        return {}
    found = {one.pointer.strip("/").partition("/")[0]: one.message for one in outcome.findings}
    renamed = {**_NAMED_ON_PAGE, "wait_business_days": "wait", "encloses": "holds", "states": "holds"}
    named = {renamed.get(name, name): message for name, message in found.items() if name}
    place = field_of.get(outcome.code) or ("on" if outcome.code == "dated_outside_step" else "")
    return named or ({place: outcome.detail or outcome.title} if place else {})


def _refused(taken: Taken, outcome: Outcome, field_of: Mapping[str, str]) -> Taken:
    """What is wrong with it, at its fields or as a whole; without a file there is nothing to review."""
    errors = _errors(outcome, field_of)
    trouble = None if errors else _words(outcome) or "There is no file yet."
    status = 200 if isinstance(outcome, Unreachable) else 422
    return replace(taken, errors=errors, trouble=trouble, status=status)


def _trouble(outcome: Outcome) -> str | None:
    return None if isinstance(outcome, Answer) else _words(outcome)


def _words(outcome: Outcome) -> str:
    return "" if isinstance(outcome, Answer) else said(outcome)
