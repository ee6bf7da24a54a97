"""Bodies of the calendar of what runs out."""

from datetime import date
from typing import Any, Self

from pydantic import ConfigDict

from credentialing.app.queries.expirables import Calendar, Line
from credentialing.domain.expirables.cadence import Urgency
from credentialing.domain.expirables.expirable import Renewal
from credentialing.domain.requirement import Partition
from shared.http.bodies import ResponseBody

_LINE: dict[str, Any] = {
    "expirable_id": "cln_01m8095ps8e00rc1kcn27y03zg:LIC-RN:CO",
    "clinician_id": "cln_01m8095ps8e00rc1kcn27y03zg",
    "code": "LIC-RN",
    "subject": "CO",
    "name": "Registered nurse licence",
    "partition": "personnel",
    "expires_on": "2026-04-30",
    "lead_days": 85,
    "renewal": "none",
    "next_notice_on": "2026-03-31",
    "touches": [
        {
            "file_id": "fil_01m8095ps8e00axqcgn5qrg12p",
            "assignment_id": "asg_01m8095ps8e00rc1kcn27y03zf",
            "facility_id": "fac_01m8095ps8e00rc1kcn27y03zh",
            "first_shift_on": "2026-05-01",
        }
    ],
    "notices": [{"days_before": 60, "urgency": "urgent", "due_on": "2026-03-01", "given_on": "2026-03-01"}],
}
_CALENDAR: dict[str, Any] = {
    "first": "2026-04-01",
    "last": "2026-06-30",
    "days": [{"first": "2026-04-30", "count": 1}],
    "weeks": [{"first": "2026-04-27", "count": 1}],
    "lines": [_LINE],
    "is_whole": True,
}


class CountOut(ResponseBody):
    """How many run out on a day, or in the week that begins on it."""

    first: date
    count: int


class TouchedOut(ResponseBody):
    """An assignment that needs it longer, and the day of the first shift at risk."""

    file_id: str
    assignment_id: str
    facility_id: str
    first_shift_on: date


class NoticeOut(ResponseBody):
    """A reminder that was given."""

    days_before: int
    urgency: Urgency
    due_on: date
    given_on: date


class ExpirableOut(ResponseBody):
    """What runs out after a day. `code`, `subject` and `name` are null where only the part of the file is told."""

    expirable_id: str | None
    clinician_id: str
    code: str | None
    subject: str | None
    name: str | None
    partition: Partition
    expires_on: date
    lead_days: int | None
    renewal: Renewal | None
    next_notice_on: date | None
    touches: tuple[TouchedOut, ...]
    notices: tuple[NoticeOut, ...]

    @classmethod
    def of(cls, line: Line, *, sees_all: bool) -> Self:
        """The line; without what it is when the reader does not see confidential parts."""
        one = line.expirable
        is_told = sees_all or one.partition is Partition.PERSONNEL
        return cls(
            expirable_id=one.expirable_id if is_told else None,
            clinician_id=one.clinician_id,
            code=one.code if is_told else None,
            subject=one.subject if is_told else None,
            name=one.name if is_told else None,
            partition=one.partition,
            expires_on=one.expires_on,
            lead_days=one.lead_days if is_told else None,
            renewal=one.renewal if is_told else None,
            next_notice_on=one.next_notice_on if is_told else None,
            touches=tuple(TouchedOut.model_validate(each) for each in line.touches),
            notices=tuple(NoticeOut.model_validate(each) for each in line.notices) if is_told else (),
        )


class CalendarOut(ResponseBody):
    """What runs out from the first to the last day; `is_whole` unless there are more than 500 lines."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CALENDAR]})

    first: date
    last: date
    days: tuple[CountOut, ...]
    weeks: tuple[CountOut, ...]
    lines: tuple[ExpirableOut, ...]
    is_whole: bool

    @classmethod
    def of(cls, calendar: Calendar) -> Self:
        """The calendar as its reader may see it."""
        wanted = calendar.wanted
        return cls(
            first=wanted.span.first,
            last=wanted.span.last,
            days=tuple(CountOut(first=day, count=count) for day, count in calendar.days.items()),
            weeks=tuple(CountOut(first=day, count=count) for day, count in calendar.weeks.items()),
            lines=tuple(ExpirableOut.of(line, sees_all=wanted.sees_all) for line in calendar.lines),
            is_whole=calendar.is_whole,
        )
