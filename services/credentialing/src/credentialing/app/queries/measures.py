"""The staffing measures with their definitions and figures, and the steps of adverse actions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from credentialing.domain.measures.adverse_action import AdverseAction
from credentialing.domain.measures.hcss import MEASURES, Figure, Measure
from credentialing.domain.measures.placements import months_before, placements
from credentialing.domain.measures.sample import Sample, next_month, returned
from credentialing.storage import adverse_actions, files, measures
from credentialing.storage.adverse_actions import ActionFilter
from shared.contracts.terms import LONGEST_DAYS
from shared.db.work import Work
from shared.http.pages import Found, PageRequest, fetch_page

MOST_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A measure's figure of one month; of a sampled one also its sample, whose audits may not be finished."""

    measure: Measure
    month: date
    figure: Figure
    sample_id: str | None = None
    drawn: int = 0


async def figures(work: Work, first: date | None, *, months: int) -> Sequence[Reported]:
    """The figures of so many months from the first on (at most 12), by month and measure; by itself the last month."""
    first = first or months_before(work.now.astimezone(UTC).date(), 1)
    days = [months_before(first, -count) for count in range(min(months, MOST_MONTHS))]
    samples = {
        (one.month, one.measure_id): one
        for one in await measures.samples_between(work.session, first=days[0], last=days[-1])
    }
    not_returnable = await measures.not_returnable(work.session)
    last = next_month(days[-1]) - timedelta(days=1)
    worked = await files.worked_from(work.session, first=first - timedelta(days=LONGEST_DAYS), last=last)
    reported: list[Reported] = []
    for month in days:
        placed = placements(worked, month, not_returnable=not_returnable)
        for measure in MEASURES:
            if measure.is_sampled:
                reported.append(_sampled(measure, month, samples.get((month, measure.measure_id))))
            else:
                figure = returned(placed, measure.engagement)
                reported.append(Reported(measure=measure, month=month, figure=figure))
    return reported


async def samples_page(work: Work, *, paging: PageRequest) -> Found[Any]:
    """One page of samples, the newest month first. Raises CursorDamaged."""
    return await fetch_page(work.session, measures.listed(), by=measures.BY_MONTH, paging=paging, is_descending=True)


async def sample_by_id(work: Work, sample_id: str) -> Sample:
    """One sample with its audits. Raises NotFound."""
    return await measures.sample_to_read(work.session, sample_id)


async def adverse_actions_page(work: Work, wanted: ActionFilter, *, paging: PageRequest) -> Found[Any]:
    """One page of adverse actions, the newest first. Raises CursorDamaged."""
    query = adverse_actions.listed(wanted)
    return await fetch_page(work.session, query, by=adverse_actions.BY_DAY, paging=paging, is_descending=True)


async def adverse_action_by_id(work: Work, action_id: str) -> AdverseAction:
    """One adverse action. Raises NotFound."""
    return await adverse_actions.to_read(work.session, action_id)


def _sampled(measure: Measure, month: date, sample: Sample | None) -> Reported:
    if sample is None:
        return Reported(measure=measure, month=month, figure=Figure(numerator=0, denominator=0))
    return Reported(
        measure=measure, month=month, figure=sample.figure, sample_id=sample.sample_id, drawn=len(sample.files)
    )
