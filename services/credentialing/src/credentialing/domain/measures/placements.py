"""Who worked in a month, read from the files."""

from collections.abc import Collection, Iterable
from datetime import date

from credentialing.domain.file import File
from credentialing.domain.measures.hcss import Engagement
from credentialing.domain.measures.sample import Placement, next_month
from shared.contracts.assignments import State

WORKED = frozenset({State.ACTIVE, State.COMPLETED, State.TERMINATED})
"""Who did not come, or whose offer fell off, was not placed: no hour was worked."""
MONTHS_COUNTED = 12


def placements(files: Iterable[File], month: date, *, not_returnable: Collection[str]) -> tuple[Placement, ...]:
    """The placements of a month, in the order of the files. `not_returnable` are ids of assignments."""
    return tuple(
        Placement(
            file_id=file.file_id,
            assignment_id=file.assignment_id,
            engagement=engagement(file),
            is_returnable=file.assignment_id not in not_returnable,
        )
        for file in files
        if _worked_in(file, month)
    )


def engagement(file: File) -> Engagement:
    """Per diem when the terms guarantee no hours, else travel (our reading)."""
    return Engagement.TRAVEL if file.terms.guaranteed_hours_per_week else Engagement.PER_DIEM


def months_before(month: date, count: int) -> date:
    """The first day of the month so many months earlier."""
    year, month0 = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(year, month0 + 1, 1)


def _worked_in(file: File, month: date) -> bool:
    last = file.closing.ended_on if file.closing else file.terms.end_date
    return file.assignment_state in WORKED and file.terms.start_date < next_month(month) and month <= last
