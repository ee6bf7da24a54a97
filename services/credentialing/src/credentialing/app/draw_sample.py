"""The personnel files that are audited for a month are drawn."""

from dataclasses import dataclass
from datetime import UTC, date, timedelta

from credentialing.domain.measures import sample as rules
from credentialing.domain.measures.errors import SampleDrawn
from credentialing.domain.measures.hcss import MeasureId
from credentialing.domain.measures.placements import MONTHS_COUNTED, months_before, placements
from credentialing.domain.measures.sample import Drawing, Sample
from credentialing.storage import files, measures
from shared.contracts.terms import LONGEST_DAYS
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawSample:
    """Draw the files of a month, by its first day, for a measure that samples."""

    month: date
    measure_id: MeasureId


async def draw_sample(work: Work, command: DrawSample) -> Sample:
    """Draws and keeps the sample with its seed. Raises SampleDrawn, MonthNotOver and NoPlacements."""
    known = await measures.sample_of(work.session, command.month, measure_id=command.measure_id)
    if known is not None:
        raise SampleDrawn(measure=command.measure_id, month=f"{command.month:%Y-%m}", sample_id=known.sample_id)
    last = rules.next_month(command.month) - timedelta(days=1)
    worked = await files.worked_from(work.session, first=command.month - timedelta(days=LONGEST_DAYS), last=last)
    year_before = months_before(rules.next_month(command.month), MONTHS_COUNTED)
    drawing = Drawing(
        month=command.month,
        measure_id=command.measure_id,
        placements_12m=await measures.count_placed(work.session, first=year_before, last=last),
        by=work.principal.subject,
        at=work.now,
    )
    placed = placements(worked, command.month, not_returnable=())
    drawn = rules.draw_sample(drawing, placed, today=work.now.astimezone(UTC).date(), new_id=work.new_id)
    return await measures.save_sample(work.session, drawn)
