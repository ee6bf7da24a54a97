"""What runs out when, for the calendar and its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date

from credentialing.domain.expirables.calendar import Span, by_week
from credentialing.domain.expirables.expirable import Expirable, Touched
from credentialing.storage import expirables
from credentialing.storage.expirables import MOST_ROWS, Wanted
from shared.db.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenNotice:
    """A step that was given: when it was due and when it was given."""

    days_before: int
    urgency: str
    due_on: date
    given_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One of them, the assignments of it that the reader may see, and the notices given for its present last day."""

    expirable: Expirable
    touches: tuple[Touched, ...]
    notices: tuple[GivenNotice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Counts by day and by week (its Monday), and the lines themselves: all of them unless there are over 500."""

    wanted: Wanted
    days: Mapping[date, int]
    weeks: Mapping[date, int]
    lines: Sequence[Line]
    is_whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks of the calendar; the days default to the next ninety."""

    first: date | None = None
    last: date | None = None
    clinician_id: str | None = None
    assignment_id: str | None = None
    code: str | None = None
    sees_all: bool = True


async def calendar(work: Work, asked: Asked) -> Calendar:
    """What runs out in the days asked for, as far as the principal reaches. Raises RangeNotShown."""
    span = Span.of(asked.first, asked.last, today=work.now.astimezone(UTC).date())
    wanted = Wanted(
        span=span,
        clinician_id=asked.clinician_id,
        assignment_id=asked.assignment_id,
        code=asked.code,
        sees_all=asked.sees_all,
    )
    days = await expirables.count_by_day(work.session, wanted)
    found = await expirables.running_out(work.session, wanted)
    notices: dict[tuple[str, date], list[GivenNotice]] = {}
    for row in await expirables.notices(work.session, [one.expirable_id for one in found]):
        given = GivenNotice(days_before=row.days_before, urgency=row.urgency, due_on=row.due_on, given_on=row.given_on)
        notices.setdefault((row.expirable_id, row.expires_on), []).append(given)
    lines = [
        Line(
            expirable=one,
            touches=expirables.reached(work.session, one),
            notices=tuple(notices.get((one.expirable_id, one.expires_on), ())),
        )
        for one in found
    ]
    return Calendar(
        wanted=wanted, days=days, weeks=by_week(days), lines=lines, is_whole=sum(days.values()) <= MOST_ROWS
    )
