"""Bodies of the requests and answers about screenings, exclusion cases and other names."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, StringConstraints

from credentialing.app.queries.screening import CaseFile
from credentialing.domain.screening.case import CaseState, ExclusionCase, Found
from credentialing.domain.screening.entry import Entry, EntryKind
from credentialing.domain.screening.matching import Verdict
from credentialing.domain.screening.names import NameKind, PersonName
from shared.http.bodies import RequestBody, ResponseBody
from shared.http.masking import CONTACT

_CASE: dict[str, Any] = {
    "case_id": "exc_01m8095ps8e00axqcgn5qrg12p",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
    "list_name": "leie",
    "release_id": "rel_01m8095ps8e00axqcgn5qrg12p",
    "line": 5120,
    "state": "open",
    "verdict": "block",
    "reasons": ["name_exact", "dob_exact"],
    "score": 100,
    "opened_at": "2026-01-05T15:00:00Z",
    "found": None,
    "reason": None,
    "document_id": None,
    "decided_by": None,
    "decided_at": None,
    "approved_by": None,
    "approved_at": None,
}
_ENTRY = {
    "kind": "individual",
    "last": "DELGADO",
    "first": "MARIA",
    "middle": "",
    "business": "",
    "npi": None,
    "has_birth_date": True,
    "exclusion_type": "1128b4",
    "excluded_on": "2021-06-20",
    "reinstated_on": None,
    "waived_on": None,
    "waiver_state": None,
    "state": "OH",
}
_NAME = {"first": "Maria", "middle": "", "last": "Delgado", "kind": "current"}
_SCREENING = {
    "screening_id": "scr_01m8095ps8e00axqcgn5qrg12p",
    "list_name": "leie",
    "release_id": "rel_01m8095ps8e00axqcgn5qrg12p",
    "outcome": "clear",
    "names_compared": 2,
    "has_birth_date": True,
    "has_npi": False,
    "hits": [{"line": 5120, "verdict": "clear", "reasons": ["dob_conflict"], "score": 100}],
    "screened_at": "2026-01-05T15:00:00Z",
}
_KEPT_NAME = {
    "name_id": "nam_01m8095ps8e00axqcgn5qrg12p",
    "kind": "former",
    "recorded_at": "2026-01-05T15:00:00Z",
    "recorded_by": "per_01m8095ps8e00rc1kcn27y03zk",
}

NamePart = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Middle = Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=500)]


def _shows(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


class CaseLine(ResponseBody):
    """An exclusion case: which row may be about whom, why, and what people found."""

    model_config = _shows(_CASE)

    case_id: str
    clinician_id: str
    assignment_id: str
    facility_id: str
    list_name: str
    release_id: str
    line: int
    state: CaseState
    verdict: Verdict
    reasons: tuple[str, ...]
    score: int
    opened_at: datetime
    found: Found | None
    reason: str | None
    document_id: str | None
    decided_by: str | None
    decided_at: datetime | None
    approved_by: str | None
    approved_at: datetime | None

    @classmethod
    def of(cls, case: ExclusionCase) -> Self:
        """The case as it is shown."""
        return cls(**_case(case))


class EntryOut(ResponseBody):
    """The row as the list has it; of a birth date only that there is one."""

    model_config = _shows(_ENTRY)

    kind: EntryKind
    last: str
    first: str
    middle: str
    business: str
    npi: str | None
    has_birth_date: bool
    exclusion_type: str
    excluded_on: date | None
    reinstated_on: date | None
    waived_on: date | None
    waiver_state: str | None
    state: str

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The row as it is shown."""
        named = {name: getattr(entry, name) for name in cls.model_fields if name != "has_birth_date"}
        return cls(**named, has_birth_date=entry.birth_date is not None)


class NameOut(ResponseBody):
    """A name that was compared."""

    model_config = _shows(_NAME)

    first: str
    middle: str
    last: str
    kind: NameKind

    @classmethod
    def many(cls, names: Sequence[PersonName]) -> tuple[Self, ...]:
        """The names in their order."""
        return tuple(cls.model_validate(name) for name in names)


class CaseOut(CaseLine):
    """A case with the row and the names that were compared."""

    model_config = _shows({**_CASE, "entry": _ENTRY, "names": [_NAME]})

    entry: EntryOut | None
    names: Annotated[tuple[NameOut, ...] | None, CONTACT]

    @classmethod
    def with_row(cls, found: CaseFile) -> Self:
        """The case with what was compared."""
        entry = EntryOut.of(found.entry) if found.entry is not None else None
        return cls(**_case(found.case), entry=entry, names=NameOut.many(found.names))


class HitOut(ResponseBody):
    """A row whose name fitted."""

    line: int
    verdict: Verdict
    reasons: tuple[str, ...]
    score: int


class ScreeningOut(ResponseBody):
    """One screening: against which release, by how many names and which identifiers, with what outcome."""

    model_config = _shows(_SCREENING)

    screening_id: str
    list_name: str
    release_id: str
    outcome: Verdict
    names_compared: int
    has_birth_date: bool
    has_npi: bool
    hits: tuple[HitOut, ...]
    screened_at: datetime


class Screenings(ResponseBody):
    """A clinician's screenings, the latest first, at most 200."""

    model_config = _shows({"items": [_SCREENING]})

    items: tuple[ScreeningOut, ...]


class KeptNameOut(ResponseBody):
    """That another name is kept; the name itself is sealed and shown with the cases in which it counts."""

    model_config = _shows(_KEPT_NAME)

    name_id: str
    kind: NameKind
    recorded_at: datetime
    recorded_by: str


class KeptNames(ResponseBody):
    """The other names that are kept of a clinician, without the names."""

    model_config = _shows({"items": [_KEPT_NAME]})

    items: tuple[KeptNameOut, ...]


class AddNameIn(RequestBody):
    """Another name: `former`, or `alias` for one that is used besides."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"first": "Maria", "middle": "", "last": "Osgood", "kind": "former"}]}
    )

    first: NamePart
    last: NamePart
    middle: Middle = ""
    kind: Annotated[str, StringConstraints(pattern="^(former|alias)$")] = "former"


class DecideIn(RequestBody):
    """What the check by Social Security number at the source showed, and the document that proves it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "found": "not_the_person",
                    "reason": "The number does not match at the source; printed.",
                    "document_id": "doc_01m8095ps8e00axqcgn5qrg12p",
                }
            ]
        }
    )

    found: Annotated[str, StringConstraints(pattern="^(not_the_person|is_the_person)$")]
    reason: Reason
    document_id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


def _case(case: ExclusionCase) -> dict[str, Any]:
    finding, approval, hit = case.finding, case.approval, case.hit
    return {
        **{name: getattr(case, name) for name in _OWN},
        "line": hit.line,
        "verdict": hit.verdict,
        "reasons": hit.reasons,
        "score": hit.score,
        "found": finding.found if finding else None,
        "reason": finding.reason if finding else None,
        "document_id": finding.document_id if finding else None,
        "decided_by": finding.by if finding else None,
        "decided_at": finding.at if finding else None,
        "approved_by": approval.by if approval else None,
        "approved_at": approval.at if approval else None,
    }


_OWN = (
    *("case_id", "clinician_id", "assignment_id", "facility_id", "list_name", "release_id", "state"),
    "opened_at",
)
