"""Bodies about sources: questions put to them, checks by hand, and what they send."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field

from credentialing.app.queries.inquiries import SourceLines
from credentialing.domain.source_result import Outcome, SourceResult
from credentialing.domain.sources.inquiry import Inquiry, State
from credentialing.domain.sources.manual_check import ManualCheck
from credentialing.storage.inquiry_troubles import Unanswered
from shared.http.bodies import Id, RequestBody, ResponseBody, Text

_INQUIRY: dict[str, Any] = {
    "inquiry_id": "inq_01m8095ps8e00axqcgn5qrg12p",
    "code": "LIC-RN",
    "subject": "CO",
    "credential_id": "crd_01m8095ps8e00axqcgn5qrg12q",
    "asked_of": "licence_source",
    "state": "pending",
    "attempts": 0,
    "last_trouble": "The register works on it.",
    "needs_people": False,
    "opened_at": "2026-01-05T15:00:00Z",
    "result_id": None,
}
_GUIDE: dict[str, Any] = {
    "source": "Nursys QuickConfirm",
    "url": "https://www.nursys.com/LQC/LQCSearch.aspx",
    "fields": ["number", "status", "expires_on", "discipline"],
    "hints": ["Save the page as a PDF and attach it; its print date is what surveyors compare."],
    "as_of": "2026-11-22",
}
_CHECK: dict[str, Any] = {
    "source": "Nursys QuickConfirm",
    "url": "https://www.nursys.com/LQC/LQCSearch.aspx",
    "number": "RN.1234567",
    "status": "ACTIVE",
    "expires_on": "2027-09-30",
    "discipline": False,
    "checked_on": "2026-01-05",
    "note": "Multistate; Colorado is on the list of states where she may practise.",
}
_RESULT: dict[str, Any] = {
    "result_id": "res_01m8095ps8e00axqcgn5qrg12p",
    "code": "LIC-RN",
    "subject": "CO",
    "credential_id": "crd_01m8095ps8e00axqcgn5qrg12q",
    "source": "manual: Nursys QuickConfirm",
    "outcome": "confirmed",
    "checked_at": "2026-01-05T15:00:00Z",
    "checked_by": "per_01m8095ps8e00axqcgn5qrg12p",
    "status_text": "ACTIVE",
    "expires_on": "2027-09-30",
    "discipline": False,
    "note": None,
}
_LINE: dict[str, Any] = {
    "source": "licence_source",
    "is_set_up": True,
    "waiting": 3,
    "due": 1,
    "pending": 12,
    "set_aside": 0,
    "failed": 1,
    "trouble": {
        "since": "2026-01-05T14:10:00Z",
        "questions": 3,
        "said": "It answered with 503.",
        "next_try_at": "2026-01-05T15:20:00Z",
    },
}
_UNANSWERED: dict[str, Any] = {
    **_INQUIRY,
    "state": "waiting",
    "attempts": 4,
    "last_trouble": "It answered with 503.",
    "needs_people": True,
    "clinician_id": "cln_01m8095ps8e00axqcgn5qrg12r",
    "file_id": "fil_01m8095ps8e00axqcgn5qrg12s",
    "assignment_id": "asg_01m8095ps8e00axqcgn5qrg12t",
    "work_item_id": "wki_01m8095ps8e00axqcgn5qrg12u",
}

Words = Annotated[str, Field(min_length=1, max_length=120)]
Reference = Annotated[str, Field(min_length=1, max_length=60)]


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


class InquiryOut(ResponseBody):
    """A question to a source. `last_trouble` says in words what went wrong last, or what is waited for."""

    model_config = _example(_INQUIRY)

    inquiry_id: str
    code: str
    subject: str
    credential_id: str | None
    asked_of: str
    state: State
    attempts: int
    last_trouble: str | None
    needs_people: bool
    opened_at: datetime
    result_id: str | None

    @classmethod
    def of(cls, inquiry: Inquiry) -> Self:
        """The question as it is shown."""
        return cls(
            inquiry_id=inquiry.inquiry_id,
            code=inquiry.about.code,
            subject=inquiry.about.subject,
            credential_id=inquiry.about.credential_id,
            asked_of=inquiry.asked_of,
            state=inquiry.state,
            attempts=inquiry.attempts,
            last_trouble=inquiry.last_trouble,
            needs_people=inquiry.needs_people,
            opened_at=inquiry.opened_at,
            result_id=inquiry.result_id,
        )


class InquiriesOut(ResponseBody):
    """The questions about what a file asks for, newest first."""

    model_config = _example({"items": [_INQUIRY]})

    items: tuple[InquiryOut, ...]


class GuideOut(ResponseBody):
    """Where a person looks, which fields of the check to fill, and what to mind."""

    model_config = _example(_GUIDE)

    source: str
    url: str | None
    fields: tuple[str, ...]
    hints: tuple[str, ...]
    as_of: date


class CheckIn(RequestBody):
    """What you read at the source: its name, the page or the printout, and the fields of the item's guide.

    `status` is in the source's own words. `discipline`: it reports an action, a term or a restriction.
    """

    model_config = _example(_CHECK)

    source: Words
    checked_on: date
    url: Annotated[str, Field(max_length=500)] | None = None
    number: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    status: Words | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    discipline: bool = False
    document_id: Id | None = None
    note: Text | None = None

    def check(self) -> ManualCheck:
        """The check as a value."""
        return ManualCheck(**self.model_dump())


class ResultOut(ResponseBody):
    """What was kept as the source's answer."""

    model_config = _example(_RESULT)

    result_id: str
    code: str
    subject: str
    credential_id: str | None
    source: str
    outcome: Outcome
    checked_at: datetime
    checked_by: str
    status_text: str | None
    expires_on: date | None
    discipline: bool | None
    note: str | None

    @classmethod
    def of(cls, result: SourceResult) -> Self:
        """The answer as it is shown."""
        return cls.model_validate(result)


class TroubleOut(ResponseBody):
    """A source that is asked in vain: since when, how many questions were, and what it said last.

    It is asked again at `next_try_at`, at the earliest.
    """

    since: datetime
    questions: int
    said: str
    next_try_at: datetime


class SourceOut(ResponseBody):
    """One source: whether it is set up, and how many questions are in which state. `due` are late by now.

    `trouble` is null while it answers.
    """

    model_config = _example(_LINE)

    source: str
    is_set_up: bool
    waiting: int
    due: int
    pending: int
    set_aside: int
    failed: int
    trouble: TroubleOut | None


class UnansweredOut(InquiryOut):
    """A question that needs people: about whom, and the file and the work item by which they heard of it."""

    model_config = _example(_UNANSWERED)

    clinician_id: str
    file_id: str
    assignment_id: str
    work_item_id: str | None

    @classmethod
    def found(cls, one: Unanswered) -> Self:
        """The question with what it is about."""
        asked = one.inquiry
        return cls(
            **InquiryOut.of(asked).model_dump(),
            clinician_id=asked.about.clinician_id,
            file_id=one.file_id,
            assignment_id=asked.work_item_for or "",
            work_item_id=asked.work_item_id,
        )


class SourcesOut(ResponseBody):
    """Every source that questions go to, and the longest asked of the questions that need people, at most ten."""

    model_config = _example({"items": [_LINE], "unanswered": [_UNANSWERED]})

    items: tuple[SourceOut, ...]
    unanswered: tuple[UnansweredOut, ...]

    @classmethod
    def of(cls, found: SourceLines) -> Self:
        """The sources as they are shown."""
        return cls(
            items=tuple(SourceOut.model_validate(one) for one in found.sources),
            unanswered=tuple(UnansweredOut.found(one) for one in found.unanswered),
        )


class HeardOut(ResponseBody):
    """What the event did: `applied`, `ignored`, `older` or `unmatched`; all are taken, none is sent again."""

    model_config = _example({"effect": "applied"})

    effect: str
