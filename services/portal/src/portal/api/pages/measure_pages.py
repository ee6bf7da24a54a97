"""The staffing measures and their samples: what their pages ask of credentialing, send to it, and show."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from secrets import token_urlsafe
from typing import Any, Final

from starlette.responses import RedirectResponse, Response

from portal.api.auth import POLICY
from portal.api.pages.assignment_file import SERVICE
from portal.api.pages.doors import KEY, Form
from portal.api.pages.page import PageDoor
from portal.api.views import measure_sample as samples
from portal.api.views import measures as views
from portal.api.views.credential_tabs import MEASURES, section_tabs
from portal.api.views.refusals import said
from portal.app.queries.agency import agency_day
from portal.clients.services import Answer, Outcome, Refusal, Sent, Services
from portal.storage import names
from shared.db.work import Work
from shared.errors import NotFound

MOST_FILES: Final = 60
"""Of a larger sample the files after these are named by their ids alone; the largest group draws 20."""
_NONE: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasurePages:
    """The measures as one person sees them."""

    door: PageDoor
    services: Services

    async def show_months(self, month: str | None, *, outcome: Outcome | None = None) -> Response:
        """A month's figures with the eleven months before it; the last month that is over, unless one is asked for."""
        today = await self.door.read(agency_day)
        chosen = date.fromisoformat(f"{month}-01") if month else views.month_before(today, 1)
        span = {"month": f"{views.month_before(chosen, views.MONTHS - 1):%Y-%m}", "months": str(views.MONTHS)}
        answer = await self.services.get(SERVICE, "/v1/measures", params=span)

        async def look(_: Work) -> Mapping[str, Any]:
            view = views.measures_view(answer.body, month=chosen, today=today) if isinstance(answer, Answer) else None
            return {
                "view": view,
                "trouble": _trouble(outcome) or _trouble(answer),
                "tabs": section_tabs(self.door.principal, MEASURES),
                "key": token_urlsafe(16),
                "may_draw": self._may("measures.draw"),
            }

        status = 422 if isinstance(outcome, Refusal) else 200
        return await self.door.show("credentialing/measures.html", look, status=status)

    async def draw(self, form: Form) -> Response:
        """Draws the files of a month and opens their sample; a refusal is said above the figures."""
        fields = form.typed()
        wanted = {"month": fields.get("month", ""), "measure": fields.get("measure", "")}
        sent = Sent(method="POST", path="/v1/measure-samples", body=wanted, key=form.text(KEY))
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(views.sample_href(outcome.body["sample_id"]), 303)
        month = wanted["month"] if views.MONTH.fullmatch(wanted["month"]) else None
        return await self.show_months(month, outcome=outcome)

    async def show_sample(self, sample_id: str) -> Response:
        """The drawn files, how far their audit is, and the figure."""
        answer = await self._sample(sample_id)
        sample = answer.body if isinstance(answer, Answer) else None
        files = await self._files([one["file_id"] for one in sample["files"]]) if sample else {}

        async def look(work: Work) -> Mapping[str, Any]:
            view = await _sample_view(work, sample, files) if sample else None
            return {"view": view, "trouble": _trouble(answer), "may_audit": self._may("measures.audit")}

        return await self.door.show("credentialing/sample.html", look)

    async def show_audit(self, sample_id: str, file_id: str) -> Response:
        """The audit form of one drawn file, beside what the file holds."""
        return await self._audit(sample_id, file_id, typed=_NONE, errors=_NONE)

    async def audit(self, sample_id: str, file_id: str, form: Form) -> Response:
        """Keeps what was found and goes back to the sample; what is missing comes back at its field."""
        fields = form.typed()
        if errors := samples.faults_of(fields):
            return await self._audit(sample_id, file_id, typed=fields, errors=errors)
        path = f"/v1/measure-samples/{sample_id}/files/{file_id}:audit"
        sent = Sent(method="POST", path=path, body=samples.body_of(fields), key=form.text(KEY))
        outcome = await self.services.send(SERVICE, sent)
        if isinstance(outcome, Answer):
            return RedirectResponse(f"{views.sample_href(sample_id)}#{file_id}", 303)
        return await self._audit(sample_id, file_id, typed=fields, errors=_NONE, outcome=outcome)

    async def _audit(
        self,
        sample_id: str,
        file_id: str,
        *,
        typed: Mapping[str, str],
        errors: Mapping[str, str],
        outcome: Outcome | None = None,
    ) -> Response:
        answer = await self._sample(sample_id)
        sample = answer.body if isinstance(answer, Answer) else None
        drawn = next((one for one in sample["files"] if one["file_id"] == file_id), None) if sample else None
        if sample and drawn is None:
            raise NotFound(what="file", id=file_id)
        files = await self._files([file_id]) if drawn else {}
        trouble = _trouble(outcome) or _trouble(answer)

        async def look(work: Work) -> Mapping[str, Any]:
            if sample is None or drawn is None:
                return {"view": None, "trouble": trouble, "key": "", "may_audit": False}
            known = await names.names_of(work.session, samples.people_of(sample, files))
            view = samples.audit_view(
                sample, drawn, file=files.get(file_id), names=known, typed=typed, errors=errors, trouble=trouble
            )
            may_audit = self._may("measures.audit")
            return {"view": view, "trouble": None, "key": token_urlsafe(16), "may_audit": may_audit}

        status = 422 if errors or isinstance(outcome, Refusal) else 200
        return await self.door.show("credentialing/audit.html", look, status=status)

    async def _sample(self, sample_id: str) -> Outcome:
        return await self.services.get(SERVICE, f"/v1/measure-samples/{sample_id}")

    async def _files(self, file_ids: Collection[str]) -> Mapping[str, Mapping[str, Any]]:
        """Those of the files that may be read, by id."""
        asked = list(file_ids)[:MOST_FILES]
        answers = await asyncio.gather(*(self.services.get(SERVICE, f"/v1/files/{one}") for one in asked))
        pairs = zip(asked, answers, strict=True)
        return {file_id: answer.body for file_id, answer in pairs if isinstance(answer, Answer)}

    def _may(self, action: str) -> bool:
        return bool(POLICY[action] & self.door.principal.roles)


async def _sample_view(
    work: Work, sample: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]]
) -> samples.SampleView:
    known = await names.names_of(work.session, samples.people_of(sample, files))
    return samples.sample_view(sample, files, names=known)


def _trouble(outcome: Outcome | None) -> str | None:
    return None if outcome is None or isinstance(outcome, Answer) else _words(outcome)


def _words(outcome: Outcome) -> str:
    return "" if isinstance(outcome, Answer) else said(outcome)
