"""The files drawn for a month's measure, and what a person found in each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from credentialing.domain.measures.errors import (
    AuditedByMachine,
    MonthNotOver,
    NoPlacements,
    NotInSample,
    ReasonMissing,
)
from credentialing.domain.measures.hcss import (
    Element,
    Engagement,
    Figure,
    MeasureId,
    draw,
    firm_group,
    measure,
    minimum_sample,
)

PERSON = "per_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Somebody who worked in the month: the file, its assignment, and whether the customer asked for no return."""

    file_id: str
    assignment_id: str
    engagement: Engagement
    is_returnable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether an element is documented and current, and, when not, why."""

    is_complete: bool
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What a person found in one file."""

    by: str
    at: datetime
    answers: Mapping[Element, Answer]

    @property
    def is_compliant(self) -> bool:
        """Whether all three elements are complete."""
        return all(self.answers[element].is_complete for element in Element)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The files drawn from `placed` placements of a month, by a seed that is kept, and their audits by file id.

    `month` is its first day. `placements_12m` decided the size. `version` counts saved changes.
    """

    sample_id: str
    month: date
    measure_id: MeasureId
    seed: str
    placed: int
    placements_12m: int
    group: str
    files: tuple[str, ...]
    drawn_by: str
    drawn_at: datetime
    audits: Mapping[str, Audit] = field(default_factory=dict)
    version: int = 0

    @property
    def figure(self) -> Figure:
        """Compliant files of the audited ones."""
        return Figure(numerator=sum(one.is_compliant for one in self.audits.values()), denominator=len(self.audits))

    @property
    def is_complete(self) -> bool:
        """Whether every drawn file was audited."""
        return len(self.audits) == len(self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Who draws which measure of which month, from how large a firm."""

    month: date
    measure_id: MeasureId
    placements_12m: int
    by: str
    at: datetime


def draw_sample(
    drawing: Drawing, placements: Sequence[Placement], *, today: date, new_id: Callable[[str], str]
) -> Sample:
    """The month's sample of the placements of the measure's engagement. Raises MonthNotOver and NoPlacements."""
    if today < next_month(drawing.month):
        raise MonthNotOver(month=f"{drawing.month:%Y-%m}")
    engagement = measure(drawing.measure_id).engagement
    population = [one.file_id for one in placements if one.engagement is engagement]
    if not population:
        raise NoPlacements(engagement=engagement, month=f"{drawing.month:%Y-%m}")
    sample_id = new_id("smp")
    size = minimum_sample(drawing.placements_12m, placed_in_month=len(population))
    return Sample(
        sample_id=sample_id,
        month=drawing.month,
        measure_id=drawing.measure_id,
        seed=sample_id,
        placed=len(population),
        placements_12m=drawing.placements_12m,
        group=firm_group(drawing.placements_12m).letter,
        files=draw(population, size, seed=sample_id),
        drawn_by=drawing.by,
        drawn_at=drawing.at,
    )


def audit_file(sample: Sample, file_id: str, *, audit: Audit) -> Sample:
    """The sample after a person looked at one of its files, again if need be; the last look counts.

    Raises NotInSample, AuditedByMachine and ReasonMissing.
    """
    if file_id not in sample.files:
        raise NotInSample(file_id=file_id, sample_id=sample.sample_id)
    if not audit.by.startswith(PERSON):
        raise AuditedByMachine(subject=audit.by)
    for element, answer in audit.answers.items():
        if not answer.is_complete and not answer.reason:
            raise ReasonMissing(element=element)
    return replace(sample, audits={**sample.audits, file_id: audit})


def returned(placements: Sequence[Placement], engagement: Engagement) -> Figure:
    """Of the placements of a month, those of whom no customer asked that they not come back."""
    counted = [one for one in placements if one.engagement is engagement]
    return Figure(numerator=sum(one.is_returnable for one in counted), denominator=len(counted))


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
