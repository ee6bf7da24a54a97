"""Bodies of the staffing measures."""

from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, StringConstraints

from credentialing.app.queries.measures import Reported
from credentialing.domain.measures.do_not_return import Extent
from credentialing.domain.measures.hcss import ELEMENTS, Element, Engagement, MeasureId
from credentialing.domain.measures.sample import Answer, Audit, Sample
from shared.http.bodies import Id, RequestBody, ResponseBody, Text

_SAMPLE: dict[str, Any] = {
    "sample_id": "smp_01m8095ps8e00rc1kcn27y03zj",
    "month": "2026-01-01",
    "measure": "HCSS-7",
    "group": "d",
    "placed": 48,
    "placements_12m": 362,
    "seed": "smp_01m8095ps8e00rc1kcn27y03zj",
    "drawn_by": "per_lead",
    "drawn_at": "2026-02-02T09:00:00Z",
    "numerator": 0,
    "denominator": 0,
    "files": [{"file_id": "fil_01m8095ps8e00axqcgn5qrg12p", "is_compliant": None, "by": None, "answers": []}],
}
_FIGURE: dict[str, Any] = {
    "measure": "HCSS-6",
    "name": "Completeness of personnel file, per diem",
    "engagement": "per_diem",
    "month": "2026-01-01",
    "numerator": 19,
    "denominator": 20,
    "per_mille": 950,
    "numerator_counts": "Audited files with all three elements",
    "denominator_counts": "Files drawn for the month and audited",
    "is_sampled": True,
    "sample_id": "smp_01m8095ps8e00rc1kcn27y03zj",
    "drawn": 20,
    "source": "Joint Commission, HCSS",
}
_ANSWER = {"is_complete": True}
_WISH: dict[str, Any] = {
    "do_not_return_id": "dnr_01m8095ps8e00rc1kcn27y03zk",
    "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
    "extent": "unit",
    "reason": "Two late arrivals without a call.",
    "asked_on": "2026-02-20",
    "recorded_by": "per_coordinator",
}


def _example(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [example]})


Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month as YYYY-MM."""


def first_day(month: str) -> date:
    """The first day of a month written so."""
    return date.fromisoformat(f"{month}-01")


class DrawIn(RequestBody):
    """Which month's files for which measure of completeness."""

    model_config = _example({"month": "2026-01", "measure": "HCSS-7"})

    month: Month
    measure: Annotated[str, StringConstraints(pattern=r"^HCSS-[67]$")]

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return first_day(self.month)


class AnswerIn(RequestBody):
    """Whether an element is documented and current; a no says why."""

    is_complete: bool
    reason: Text | None = None

    def answer(self) -> Answer:
        """What it says."""
        return Answer(is_complete=self.is_complete, reason=self.reason)


class AuditIn(RequestBody):
    """What a person found in a file, element by element."""

    model_config = _example(
        {
            "credentials": _ANSWER,
            "competency": {"is_complete": False, "reason": "The checklist is of another unit."},
            "background": _ANSWER,
        }
    )

    credentials: AnswerIn
    competency: AnswerIn
    background: AnswerIn

    def answers(self) -> dict[Element, Answer]:
        """By element."""
        return {element: getattr(self, element.value).answer() for element in Element}


class AnswerOut(ResponseBody):
    """One element of an audited file, with its definition."""

    element: Element
    is_complete: bool
    reason: str | None
    definition: str


class SampledFileOut(ResponseBody):
    """A drawn file, and what was found in it; null while nobody audited it."""

    file_id: str
    is_compliant: bool | None
    by: str | None
    answers: tuple[AnswerOut, ...]

    @classmethod
    def of(cls, file_id: str, audit: Audit | None) -> Self:
        """The file with its audit, if there is one."""
        if audit is None:
            return cls(file_id=file_id, is_compliant=None, by=None, answers=())
        answers = tuple(
            AnswerOut(element=one, is_complete=said.is_complete, reason=said.reason, definition=ELEMENTS[one])
            for one, said in audit.answers.items()
        )
        return cls(file_id=file_id, is_compliant=audit.is_compliant, by=audit.by, answers=answers)


class SampleOut(ResponseBody):
    """A month's sample: how it was drawn, its files, and the figure so far."""

    model_config = _example(_SAMPLE)

    sample_id: str
    month: date
    measure: MeasureId
    group: str
    placed: int
    placements_12m: int
    seed: str
    drawn_by: str
    drawn_at: datetime
    numerator: int
    denominator: int
    files: tuple[SampledFileOut, ...]

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """The sample as it stands."""
        return cls(
            sample_id=sample.sample_id,
            month=sample.month,
            measure=sample.measure_id,
            group=sample.group,
            placed=sample.placed,
            placements_12m=sample.placements_12m,
            seed=sample.seed,
            drawn_by=sample.drawn_by,
            drawn_at=sample.drawn_at,
            numerator=sample.figure.numerator,
            denominator=sample.figure.denominator,
            files=tuple(SampledFileOut.of(one, sample.audits.get(one)) for one in sample.files),
        )


class SampleLine(ResponseBody):
    """A sample in a list."""

    model_config = _example({name: _SAMPLE[name] for name in ("sample_id", "month", "measure")})

    sample_id: str
    month: date
    measure: MeasureId


class FigureOut(ResponseBody):
    """A measure's figure of a month, with what it counts; `per_mille` is null without a denominator."""

    model_config = _example(_FIGURE)

    measure: MeasureId
    name: str
    engagement: Engagement
    month: date
    numerator: int
    denominator: int
    per_mille: int | None
    numerator_counts: str
    denominator_counts: str
    is_sampled: bool
    sample_id: str | None
    drawn: int
    source: str

    @classmethod
    def of(cls, reported: Reported) -> Self:
        """The figure with the measure's definition."""
        measure, figure = reported.measure, reported.figure
        return cls(
            measure=measure.measure_id,
            name=measure.name,
            engagement=measure.engagement,
            month=reported.month,
            numerator=figure.numerator,
            denominator=figure.denominator,
            per_mille=figure.per_mille,
            numerator_counts=measure.numerator,
            denominator_counts=measure.denominator,
            is_sampled=measure.is_sampled,
            sample_id=reported.sample_id,
            drawn=reported.drawn,
            source=measure.source,
        )


class DoNotReturnIn(RequestBody):
    """What the customer asked: for which part of it, why, and on which day."""

    model_config = _example({name: _WISH[name] for name in ("extent", "reason", "asked_on")})

    extent: Extent
    reason: Text
    asked_on: date


class DoNotReturnOut(ResponseBody):
    """The wish as it is kept."""

    model_config = _example(_WISH)

    do_not_return_id: Id
    assignment_id: str
    extent: Extent
    reason: str
    asked_on: date
    recorded_by: str
