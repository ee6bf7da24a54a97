"""A source's answer as the record that is kept of it."""

from dataclasses import dataclass
from datetime import date, datetime

from credentialing.domain.source_result import SourceResult
from credentialing.domain.sources.answer import Judged, Unclear, outcome_of
from credentialing.domain.sources.catalogue import Begins, route_of
from credentialing.domain.sources.inquiry import About


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Under which id an answer is kept, which source gave it, when, and who asked."""

    result_id: str
    source: str
    at: datetime
    by: str


def result_of(answer: Judged, about: About, *, provenance: Provenance) -> SourceResult:
    """What is kept of the answer: the source's own words, and ours beside them as the note."""
    facts = answer.facts
    why = getattr(answer, "why", None)
    return SourceResult(
        result_id=provenance.result_id,
        clinician_id=about.clinician_id,
        code=about.code,
        subject=about.subject,
        source=provenance.source,
        outcome=outcome_of(answer),
        checked_at=provenance.at,
        checked_by=provenance.by,
        credential_id=about.credential_id,
        number=facts.number,
        issued_on=_issued_on(answer, about, provenance.at),
        expires_on=facts.expires_on,
        status_text=facts.status_text or why,
        discipline=facts.discipline,
        needs_adjudication=isinstance(answer, Unclear) and answer.needs_adjudication,
        url=facts.url,
        reference=facts.reference,
        note="; ".join([*([why] if why else []), *facts.notes]) or None,
    )


def _issued_on(answer: Judged, about: About, at: datetime) -> date | None:
    """A look-up is of the day of the look: that is what grows old, and not the number that was given years ago."""
    route = route_of(about.code)
    is_look_up = route is not None and route.begins is Begins.WITH_FILE
    return at.date() if is_look_up else answer.facts.issued_on
