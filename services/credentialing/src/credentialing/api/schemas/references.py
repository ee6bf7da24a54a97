"""Bodies of requests to people outside."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, StringConstraints

from credentialing.app.queries.outside import Opened, Seen
from credentialing.domain.outside.kinds import Kind
from credentialing.domain.outside.questions import QUESTIONS, Shape
from credentialing.domain.outside.request import OutsideRequest, State
from shared.http.bodies import RequestBody, ResponseBody, Text
from shared.http.masking import CONTACT

_LINE: dict[str, Any] = {
    "request_id": "out_01m8095ps8e00rc1kcn27y03zr",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "code": "REF-2",
    "kind": "supervisor",
    "state": "reminded",
    "asked_by": "per_01m8095ps8e00rc1kcn27y03zk",
    "asked_on": "2026-01-05",
    "due_on": "2026-01-15",
    "expires_on": "2026-02-05",
    "reminded_on": ["2026-01-08"],
    "ended_on": None,
    "counts": None,
    "waits_for_judgement": False,
}
_REQUEST = {
    **_LINE,
    "name": "Rosa Keller",
    "email": "rosa.keller@example.org",
    "claimed": "Staff nurse, ICU, March 2021 to August 2023",
    "answers": None,
    "judged_by": None,
    "judged_because": None,
}
_ANSWERS = {
    "supervised": "yes",
    "position": "Nurse manager, ICU",
    "from": "2021-03-01",
    "through": "2023-08-31",
    "clinical_skill": "5",
    "judgement": "4",
    "reliability": "5",
    "teamwork": "4",
    "rehire": "yes",
    "concerns": "no",
}
_QUESTION = {
    "name": "rehire",
    "words": "Would you take this clinician again?",
    "shape": "choice",
    "is_required": True,
    "choices": ["yes", "no"],
}
_SHOWN = "fs_outside_b8Zk…"


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(frozen=True, from_attributes=True, json_schema_extra={"examples": [example]})


Secret = Annotated[str, Field(min_length=20, max_length=100)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
Long = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class AskOutsideIn(RequestBody):
    """Who is asked, as what, and what we say of the clinician's time there; `code` is the kind's usual if left out."""

    model_config = _example(
        {"kind": "supervisor", **{name: _REQUEST[name] for name in ("code", "name", "email", "claimed")}}
    )

    kind: Kind
    code: Annotated[str | None, Field(max_length=40)] = None
    name: Text
    email: Email
    claimed: Annotated[str, Field(max_length=500)] = ""


class JudgeIn(RequestBody):
    """Whether an answer that had to be looked at counts, and why."""

    model_config = _example({"counts": True, "because": "Called her: the low grade was for paperwork."})

    counts: bool
    because: Text


class OpenIn(RequestBody):
    """The secret of a link."""

    model_config = _example({"secret": _SHOWN})

    secret: Secret


class AnswerIn(RequestBody):
    """The secret of a link, and the answers by question; with `declines` none."""

    model_config = _example({"secret": _SHOWN, "answers": _ANSWERS})

    secret: Secret
    answers: Annotated[dict[Annotated[str, Field(max_length=40)], Long], Field(max_length=40)] = {}
    declines: bool = False
    because: Annotated[str, Field(max_length=500)] = ""

    def given(self) -> Mapping[str, str] | None:
        """The answers; None from who declines."""
        return None if self.declines else self.answers


class RequestLine(ResponseBody):
    """A request in a list: how far it is, and when its next step is due."""

    model_config = _example(_LINE)

    request_id: str
    clinician_id: str
    code: str
    kind: Kind
    state: State
    asked_by: str
    asked_on: date
    due_on: date | None
    expires_on: date
    reminded_on: tuple[date, ...]
    ended_on: date | None
    counts: bool | None
    waits_for_judgement: bool


class RequestList(ResponseBody):
    """The requests about a clinician, in the order asked."""

    model_config = _example({"items": [_LINE]})

    items: tuple[RequestLine, ...]


class RequestOut(RequestLine):
    """A request with whom we asked; the answer for who may read that part of the file."""

    model_config = _example(_REQUEST)

    name: Annotated[str | None, CONTACT]
    email: Annotated[str | None, CONTACT]
    claimed: str | None
    answers: dict[str, str] | None
    judged_by: str | None
    judged_because: str | None

    @classmethod
    def of(cls, seen: Seen) -> Self:
        """What may be seen of it."""
        line = RequestLine.model_validate(seen.request).model_dump()
        return cls(
            **line,
            **{name: seen.person.get(name) for name in ("name", "email", "claimed")},
            answers=dict(seen.answers) if seen.answers is not None else None,
            judged_by=seen.request.judged_by,
            judged_because=seen.request.judged_because,
        )


class NewRequestOut(RequestLine):
    """A request with the secret of its link, which is answered once and kept nowhere.

    A repeated command answers without it.
    """

    model_config = _example({**_LINE, "secret": _SHOWN})

    secret: str | None = None


class QuestionOut(ResponseBody):
    """A question; `choices` are all that is taken, where there are any."""

    model_config = _example(_QUESTION)

    name: str
    words: str
    shape: Shape
    is_required: bool
    choices: tuple[str, ...]


class OpenedOut(ResponseBody):
    """What the holder of a link is asked about whom."""

    model_config = _example(
        {"kind": "supervisor", "clinician": "Ana Example", "claimed": _REQUEST["claimed"], "expires_on": "2026-02-05"}
        | {"questions": [_QUESTION]}
    )

    kind: Kind
    clinician: str
    claimed: str
    expires_on: date
    questions: tuple[QuestionOut, ...]

    @classmethod
    def of(cls, found: Opened) -> Self:
        """The questions of its kind."""
        return cls(
            kind=found.request.kind,
            clinician=found.clinician,
            claimed=found.claimed,
            expires_on=found.request.expires_on,
            questions=tuple(QuestionOut.model_validate(one) for one in QUESTIONS[found.request.kind]),
        )


class AnsweredOut(ResponseBody):
    """Whether the answer was taken."""

    model_config = _example({"state": "answered"})

    state: State

    @classmethod
    def of(cls, request: OutsideRequest) -> Self:
        """No more than that."""
        return cls(state=request.state)
