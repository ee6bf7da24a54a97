"""The one call between services: what would these terms mean for your department? It writes nothing."""

from dataclasses import dataclass
from datetime import date

from shared.contracts.terms import Terms
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRequest:
    """Terms as they would be, for a clinician; `assignment_id` when the assignment already exists."""

    clinician_id: str
    terms: Terms
    assignment_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """One department's answer: what stands in the way, when it would be ready, and its main effects in plain words."""

    service: str
    findings: tuple[Finding, ...] = ()
    expected_ready_on: date | None = None
    effects: tuple[str, ...] = ()
