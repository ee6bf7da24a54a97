"""The list and the editor of credentialing's rules: what they ask of credentialing, and show of its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import rules as views
from portal.api.views.credential_tabs import RULES, section_tabs
from portal.api.views.refusals import said
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services
from portal.domain.words import kind_words
from portal.storage import assignment_page, names
from shared.db.work import Work

NEW: Final = "new"
WRITE: Final = "write"

Fields = Mapping[str, str]
NO_FIELDS: Fields = {"level": "facility"}
"""A new rule is a facility's, as most are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What stands in the editor: the typed fields, the rule's versions, the one that was seen, and what came of it."""

    fields: Fields
    versions: Mapping[str, Any] | None = None
    version: int = 0
    faults: Fields | None = None
    outcome: Outcome | None = None

    @property
    def errors(self) -> Fields:
        """What is wrong, by field."""
        refused = views.errors_of(self.outcome.findings) if isinstance(self.outcome, Refusal) else {}
        return {**refused, **(self.faults or {})}

    @property
    def preview(self) -> Mapping[str, Any] | None:
        """What credentialing says that the rule would change."""
        return self.outcome.body if isinstance(self.outcome, Answer) else None

    @property
    def trouble(self) -> str | None:
        """What went wrong as a whole."""
        is_told = self.outcome is None or isinstance(self.outcome, Answer) or self.errors
        return None if is_told else _words(self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePages:
    """Rules as one person sees them."""

    door: PageDoor
    services: Services

    async def show_list(self, *, level: str | None, code: str | None) -> Response:
        """The rules in force today, of a level or about an item."""
        asked = {name: value for name, value in (("level", level), ("code", code and code.upper())) if value}
        answer = await self.services.get(SERVICE, "/v1/rules", params=asked)
        tabs = section_tabs(self.door.principal, RULES)

        async def look(work: Work) -> Mapping[str, Any]:
            if not isinstance(answer, Answer):
                return {"view": None, "trouble": said(answer), "tabs": tabs}
            known = await names.names_of(work.session, views.facilities_of(answer.body["items"]))
            chosen = {"level": level or "", "code": code or ""}
            view = views.rules_view(answer.body, known, **chosen, may_write=self._may_write)
            return {"view": view, "trouble": None, "tabs": tabs}

        return await self.door.show("credentialing/rules.html", look)

    async def open(self, rule_id: str) -> Response:
        """One rule in its editor; `new` is an empty one."""
        if rule_id == NEW:
            return await self._show(rule_id, Edited(fields=NO_FIELDS))
        answer = await self.services.get(SERVICE, f"/v1/rules/{rule_id}")
        if not isinstance(answer, Answer):
            return await self._show(rule_id, Edited(fields={}, outcome=answer))
        fields = views.fields_of(answer.body["versions"][-1])
        return await self._show(rule_id, Edited(fields=fields, versions=answer.body, version=answer.version or 0))

    async def send(self, rule_id: str, form: Form) -> Response:
        """Shows what the rule would change, or writes it; what is wrong with it comes back at its fields."""
        fields = form.typed()
        seen = Edited(fields=fields, versions=await self._versions(rule_id), version=form.version or 0)
        if faults := views.faults_of(fields.get("require", "")):
            return await self._show(rule_id, replace(seen, faults=faults))
        target = views.new_id(fields) if rule_id == NEW else rule_id
        outcome = await self.services.send(SERVICE, _sent(target, form))
        if isinstance(outcome, Answer) and fields.get("do") == WRITE:
            return RedirectResponse(f"/credentialing/rules/{target}", 303)
        return await self._show(rule_id, replace(seen, outcome=outcome))

    async def _show(self, rule_id: str, edited: Edited) -> Response:
        async def look(work: Work) -> Mapping[str, Any]:
            view = await _editor(work, rule_id, edited)
            return {"view": view, "key": token_urlsafe(16), "may_write": self._may_write}

        return await self.door.show("credentialing/rule.html", look, status=422 if edited.errors else 200)

    async def _versions(self, rule_id: str) -> Mapping[str, Any] | None:
        answer = None if rule_id == NEW else await self.services.get(SERVICE, f"/v1/rules/{rule_id}")
        return answer.body if isinstance(answer, Answer) else None

    @property
    def _may_write(self) -> bool:
        return bool(POLICY["rules.write"] & self.door.principal.roles)


async def _editor(work: Work, rule_id: str, edited: Edited) -> views.EditorView:
    preview, versions = edited.preview, edited.versions
    people = [one["clinician_id"] for one in preview["files"]] if preview else []
    choices = await assignment_page.choices(work.session)
    named = views.facilities_of((versions or {}).get("versions", ()))
    known = await names.names_of(work.session, [*choices.facility_ids, *named, *people])
    places = {key: name for key, name in known.items() if key not in people}
    return views.EditorView(
        title=edited.fields.get("title") or "New rule",
        action=f"/credentialing/rules/{rule_id}",
        version=edited.version,
        fields=edited.fields,
        levels=tuple((one, kind_words(one)) for one in views.LEVELS),
        facilities=views.choices_of(places),
        conditions=tuple((f"when_{one}", kind_words(one)) for one in views.CONDITIONS),
        errors=edited.errors,
        trouble=edited.trouble,
        effects=views.effects_view(preview, known) if preview else None,
        versions=views.versions_of(versions, known),
    )


def _sent(target: str, form: Form) -> Sent:
    """Writing carries the version that was seen; looking what it would change does nothing."""
    fields = form.typed()
    if fields.get("do") == WRITE:
        path = f"/v1/rules/{target}"
        return Sent(method="PUT", path=path, body=views.body_of(fields), version=form.version or 0)
    return Sent(method="POST", path=f"/v1/rules/{target}:preview", body=views.body_of(fields), key=form.text(KEY))


def _words(outcome: Outcome | None) -> str | None:
    return None if outcome is None or isinstance(outcome, Answer) else said(outcome)
