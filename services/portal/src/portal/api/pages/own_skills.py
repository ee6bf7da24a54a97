"""What the clinician's own page asks of credentialing about their skills checklist, and sends to it."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.doors import KEY, Form
from portal.api.pages.skills_pages import FORMS
from portal.api.views import own_skills as views
from portal.api.views.own_words import SILENT
from portal.api.views.refusals import said
from portal.api.views.skills import form_of
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services, Unreachable
from portal.storage.own import OwnAssignment

Body = Mapping[str, Any]
Fields = Mapping[str, str]

BEGIN, SIGN = "begin", "sign"
_NO_FORM: Final = "skills_form_unknown"
_NO_FILE: Final = "There is no file for this assignment yet. Try again later."
_UNKNOWN_UNIT: Final = "The unit of this assignment is not known here yet. Try again later."


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What credentialing said: the unit's newest checklist, its form, and all forms; `trouble` is why it said nothing.

    `chooses`: the unit has no form of its own, so that one is to be chosen.
    """

    checklist: Body | None = None
    form: Body | None = None
    forms: Sequence[Body] = ()
    trouble: str | None = None
    chooses: bool = False

    @property
    def is_draft(self) -> bool:
        """Whether ratings are taken."""
        return self.checklist is not None and self.form is not None and self.checklist["state"] == "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What became of a section: what was typed and is wrong, by field, or why nothing was taken."""

    typed: Fields
    faults: Fields
    trouble: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSkills:
    """The checklist for the unit of one assignment, by the clinician whose it is; `specialty` is the ordered one."""

    services: Services
    found: OwnAssignment
    unit: str
    specialty: str

    async def known(self) -> Known:
        """The newest checklist of the unit, with the form that it answers."""
        if not self.unit:
            return Known(trouble=_UNKNOWN_UNIT)
        forms, listed = await asyncio.gather(self._get(FORMS), self._get(self._all))
        if not isinstance(forms, Answer):
            return Known(trouble=_words(forms))
        if not isinstance(listed, Answer):
            is_without = isinstance(listed, Refusal) and listed.status == 404
            return Known(trouble=_NO_FILE if is_without else _words(listed))
        return await self._newest(forms.body["items"], listed.body["items"])

    async def _newest(self, forms: Sequence[Body], listed: Sequence[Body]) -> Known:
        newest = [one for one in listed if one["unit"] == self.unit][-1:]
        if not newest:
            return Known(forms=forms)
        one = await self._get(f"/v1/checklists/{newest[0]['checklist_id']}")
        if not isinstance(one, Answer):
            return Known(forms=forms, trouble=_words(one))
        checklist = {**one.body, "version": one.version}
        return Known(checklist=checklist, form=form_of(forms, str(checklist["form"])), forms=forms)

    async def begin(self, known: Known, form: Form) -> Known | None:
        """Begins a draft, with the ratings of the one before; what is known then says why it could not be.

        None when it is begun.
        """
        chosen = form.text("form") or (str(known.checklist["form"]) if known.checklist else self._usual(known.forms))
        ratings = known.checklist["ratings"] if known.checklist else ()
        sections = known.form["sections"] if known.form else ()
        skills = {skill["skill_id"] for part in sections for skill in part["skills"]}
        outcome = await self._fill(chosen, [one for one in ratings if one["skill_id"] in skills], form)
        if isinstance(outcome, Answer):
            return None
        if isinstance(outcome, Refusal) and outcome.code == _NO_FORM:
            return replace(known, chooses=True)
        return replace(known, trouble=_words(outcome))

    async def sign(self, known: Known, form: Form) -> str | None:
        """Stands by the ratings as they were seen; why that could not be, or None."""
        if not known.is_draft:
            return None
        path = f"/v1/checklists/{known.checklist['checklist_id']}:sign" if known.checklist else ""
        sent = Sent(method="POST", path=path, body={}, key=form.text(KEY), version=form.version)
        outcome = await self.services.send(SERVICE, sent)
        return None if isinstance(outcome, Answer) else _words(outcome)

    async def save(self, known: Known, number: int, form: Form) -> Saved | None:
        """Keeps the ratings of a section beside those of the others; None when they are kept."""
        typed = form.typed()
        assert known.checklist is not None and known.form is not None
        part = known.form["sections"][number - 1]
        given, faults = views.rated(part, typed)
        if faults:
            return Saved(typed=typed, faults=faults)
        here = {skill["skill_id"] for skill in part["skills"]}
        ratings = [*(one for one in known.checklist["ratings"] if one["skill_id"] not in here), *given]
        outcome = await self._fill(str(known.checklist["form"]), ratings, form)
        if isinstance(outcome, Answer):
            return None
        named = outcome.findings if isinstance(outcome, Refusal) else ()
        placed = {views.fault_at(one.pointer, ratings): one.message for one in named}
        known_faults = {name: words for name, words in placed.items() if name}
        return Saved(typed=typed, faults=known_faults, trouble=None if known_faults else _words(outcome))

    async def _fill(self, form_unit: str | None, ratings: Sequence[Body], form: Form) -> Outcome:
        body = {"unit": self.unit, "form": form_unit, "ratings": list(ratings)}
        return await self.services.send(SERVICE, Sent(method="POST", path=self._all, body=body, key=form.text(KEY)))

    def _usual(self, forms: Sequence[Body]) -> str | None:
        """The form of the ordered specialty, for a unit that only the client knows by its name, such as MedSurg 2."""
        units = {str(one["unit"]) for one in forms}
        return self.specialty if self.unit.upper() not in units and self.specialty in units else None

    async def _get(self, path: str) -> Outcome:
        return await self.services.get(SERVICE, path)

    @property
    def _all(self) -> str:
        return f"/v1/clinicians/{self.found.clinician_id}/checklists"


def _words(outcome: Outcome) -> str:
    if isinstance(outcome, Answer):
        return ""
    return SILENT if isinstance(outcome, Unreachable) and not outcome.is_unknown else said(outcome)
