"""Assignments as they are shown."""

from datetime import date, datetime
from typing import Any, Self

from assignments.api.schemas.examples import ASSIGNMENT_ID, CLIENT_ID, CLINICIAN_ID, FACILITY_ID, TERMS, shown
from assignments.api.schemas.terms import TermsOut
from assignments.domain.assignment import Agreement, SignerRole, TermsVersion
from assignments.domain.readiness import DepartmentBlocker, Light, Outlook
from assignments.domain.view import AssignmentView
from shared.contracts.assignments import State, Why
from shared.http.bodies import ResponseBody

UNKNOWN = "unknown"
"""The status of a light whose department has not answered the present terms."""

_IDS: dict[str, Any] = {
    "assignment_id": ASSIGNMENT_ID,
    "source": "ats",
    "source_reference": "O-1",
    "clinician_id": CLINICIAN_ID,
    "facility_id": FACILITY_ID,
    "client_id": CLIENT_ID,
    "state": "accepted",
}
_BLOCKER: dict[str, Any] = {
    "code": "CERT-BLS:not_presented",
    "owner": "clinician",
    "since": "2026-01-05T15:00:00Z",
    "due": "2026-01-19",
    "work_item_id": "wki_01m8095ps8e00rc1kcn27y03zj",
}
_LIGHT: dict[str, Any] = {
    "status": "open",
    "terms_version": 1,
    "done": 3,
    "total": 17,
    "expected_ready_on": "2026-01-20",
    "blockers": [_BLOCKER],
}
_AWAITED: dict[str, Any] = {
    "status": UNKNOWN,
    "terms_version": None,
    "done": 0,
    "total": 0,
    "expected_ready_on": None,
    "blockers": [],
}
ASSIGNMENT: dict[str, Any] = {
    **_IDS,
    "version": 1,
    "reason": None,
    "started_on": None,
    "ended_on": None,
    "cleared_through": None,
    "terms": TERMS,
    "agreements": [],
    "unsigned": [
        {
            "pointer": "/terms_history/0",
            "code": "agreement_required",
            "message": "The clinician has not signed the agreement about these terms.",
        }
    ],
    "readiness": {
        "terms_version": 1,
        "is_ready": False,
        "expected_ready_on": None,
        "forecast": {"outlook": "unknown", "days_late": 0},
        "critical_blocker": {"department": "credentialing", **_BLOCKER},
        "lights": {"credentialing": _LIGHT, "payroll": _AWAITED, "housing": _AWAITED, "timekeeping": _AWAITED},
    },
}


class FindingOut(ResponseBody):
    """One thing that a person must repair."""

    pointer: str
    code: str
    message: str


class BlockerOut(ResponseBody):
    """One thing between a department and ready."""

    code: str
    owner: str
    since: datetime
    due: date | None
    work_item_id: str | None


class CriticalBlockerOut(BlockerOut):
    """The blocker to lift first."""

    department: str

    @classmethod
    def of(cls, critical: DepartmentBlocker) -> Self:
        """The blocker with the department that named it."""
        blocker = BlockerOut.model_validate(critical.blocker)
        return cls(department=critical.department, **blocker.model_dump())


class LightOut(ResponseBody):
    """One department's answer to the present terms; `unknown`, and without terms, until it comes."""

    status: str
    terms_version: int | None
    done: int
    total: int
    expected_ready_on: date | None
    blockers: tuple[BlockerOut, ...]

    @classmethod
    def of(cls, light: Light, *, terms_version: int) -> Self:
        """The light as it is shown."""
        return cls(
            status=UNKNOWN if light.is_awaited else light.status.value,
            terms_version=None if light.is_awaited else terms_version,
            done=light.done,
            total=light.total,
            expected_ready_on=light.expected_ready_on,
            blockers=tuple(BlockerOut.model_validate(blocker) for blocker in light.blockers),
        )


class ForecastOut(ResponseBody):
    """What the lights mean for the start, and how many days after it the last known date lies."""

    outlook: Outlook
    days_late: int


class ReadinessOut(ResponseBody):
    """The four lights by department. No forecast for an open offer, nor once the start is behind."""

    terms_version: int
    is_ready: bool
    expected_ready_on: date | None
    forecast: ForecastOut | None
    critical_blocker: CriticalBlockerOut | None
    lights: dict[str, LightOut]

    @classmethod
    def of(cls, view: AssignmentView) -> Self:
        """The readiness of an assignment, as it looks now."""
        lights = view.readiness
        version = lights.terms_version
        return cls(
            terms_version=version,
            is_ready=lights.is_ready,
            expected_ready_on=lights.expected_ready_on,
            forecast=ForecastOut.model_validate(view.forecast) if view.forecast else None,
            critical_blocker=CriticalBlockerOut.of(view.critical_blocker) if view.critical_blocker else None,
            lights={one.department: LightOut.of(one, terms_version=version) for one in lights.lights},
        )


class SignatureOut(ResponseBody):
    """Who signed, for whom, and when."""

    signer_id: str
    role: SignerRole
    signed_at: datetime


class AgreementOut(ResponseBody):
    """A signed document, by its hash, and the terms it states."""

    document_sha256: str
    terms_version: int
    signers: tuple[SignatureOut, ...]

    @classmethod
    def of(cls, agreement: Agreement) -> Self:
        """The agreement as it is shown."""
        return cls(
            document_sha256=agreement.document_sha256,
            terms_version=agreement.terms_version,
            signers=tuple(SignatureOut.model_validate(one) for one in agreement.signatures),
        )


class AssignmentLine(ResponseBody):
    """An assignment in a list."""

    model_config = shown({**_IDS, "start_date": "2026-02-02", "end_date": "2026-05-02", "is_ready": False})

    assignment_id: str
    source: str
    source_reference: str
    clinician_id: str
    facility_id: str
    client_id: str
    state: State
    start_date: date
    end_date: date
    is_ready: bool


class AssignmentOut(ResponseBody):
    """An assignment with its present terms and its readiness.

    `version` is also the ETag; 0 is an open offer. `cleared_through` is the last day of its clearance, `unsigned` names
    the terms that the clinician has not signed.
    """

    model_config = shown(ASSIGNMENT)

    assignment_id: str
    version: int
    source: str
    source_reference: str
    clinician_id: str
    facility_id: str
    client_id: str
    state: State
    reason: str | None
    started_on: date | None
    ended_on: date | None
    cleared_through: date | None
    terms: TermsOut
    agreements: tuple[AgreementOut, ...]
    unsigned: tuple[FindingOut, ...]
    readiness: ReadinessOut

    @classmethod
    def of(cls, view: AssignmentView) -> Self:
        """The assignment as it looks now."""
        at = view.assignment
        return cls(
            assignment_id=at.assignment_id,
            version=at.version,
            source=at.source,
            source_reference=at.source_reference,
            clinician_id=at.clinician_id,
            facility_id=at.terms.facility_id,
            client_id=at.client_id,
            state=at.state,
            reason=at.reason,
            started_on=at.started_on,
            ended_on=at.ended_on,
            cleared_through=at.clearance.valid_through if at.clearance else None,
            terms=TermsOut.model_validate(at.terms),
            agreements=tuple(AgreementOut.of(one) for one in at.agreements),
            unsigned=tuple(FindingOut.model_validate(one) for one in view.unsigned),
            readiness=ReadinessOut.of(view),
        )


class TermsVersionOut(ResponseBody):
    """One version of the terms; `why` and `changed` are empty for the offer itself."""

    terms: TermsOut
    effective_on: date
    recorded_at: datetime
    why: Why | None
    changed: tuple[str, ...]
    addendum_required: bool


class TermsHistoryOut(ResponseBody):
    """Versions of the terms, oldest first; nothing is ever overwritten."""

    model_config = shown(
        {
            "items": [
                {
                    "terms": TERMS,
                    "effective_on": "2026-02-02",
                    "recorded_at": "2026-01-05T15:00:00Z",
                    "why": None,
                    "changed": [],
                    "addendum_required": False,
                }
            ]
        }
    )

    items: tuple[TermsVersionOut, ...]

    @classmethod
    def of(cls, history: tuple[TermsVersion, ...]) -> Self:
        """The versions as they are shown."""
        return cls(items=tuple(TermsVersionOut.model_validate(entry) for entry in history))
