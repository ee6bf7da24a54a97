"""What a rehearsed offer or change would mean, department by department."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from assignments.api.schemas.assignments import FindingOut
from assignments.api.schemas.examples import TERMS, shown
from assignments.api.schemas.terms import TermsOut
from shared.contracts.previews import Preview
from shared.contracts.terms import Terms
from shared.http.bodies import ResponseBody

PREVIEW: dict[str, Any] = {
    "service": "housing",
    "answered": True,
    "findings": [],
    "expected_ready_on": "2026-01-28",
    "effects": ["92 nights from 2026-02-01 to 2026-05-04."],
}
REHEARSAL: dict[str, Any] = {"terms": TERMS, "expected_ready_on": None, "previews": [PREVIEW]}


class PreviewOut(ResponseBody):
    """One department's answer; `answered` is false when none came in time."""

    service: str
    answered: bool
    findings: tuple[FindingOut, ...] = ()
    expected_ready_on: date | None = None
    effects: tuple[str, ...] = ()

    @classmethod
    def of(cls, service: str, preview: Preview | None) -> Self:
        """The answer, or that there was none."""
        if preview is None:
            return cls(service=service, answered=False)
        return cls(
            service=service,
            answered=True,
            findings=tuple(FindingOut.model_validate(one) for one in preview.findings),
            expected_ready_on=preview.expected_ready_on,
            effects=preview.effects,
        )


class RehearsalOut(ResponseBody):
    """The terms as they would be, and the four previews; nothing was written.

    `expected_ready_on` is the latest of their days, null until each answered and named one.
    """

    model_config = shown(REHEARSAL)

    terms: TermsOut
    expected_ready_on: date | None
    previews: tuple[PreviewOut, ...]

    @classmethod
    def of(cls, terms: Terms, answers: Mapping[str, Preview | None]) -> Self:
        """All answers together."""
        previews = tuple(PreviewOut.of(service, preview) for service, preview in answers.items())
        days = [preview.expected_ready_on for preview in previews]
        known = [day for day in days if day is not None]
        return cls(
            terms=TermsOut.model_validate(terms),
            expected_ready_on=max(known) if len(known) == len(days) else None,
            previews=previews,
        )
