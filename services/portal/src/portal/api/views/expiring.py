"""What runs out when, as its page shows it, from what credentialing answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal, get_args

from portal.api.views import written
from portal.api.views.credential_file import full_day, item_href
from portal.api.views.credential_words import partition_of
from portal.domain.words import kind_words

Body = Mapping[str, Any]

Ahead = Literal["30", "90", "180"]
"""How many days ahead the page offers to look."""
_SOON: Final = 30
_RENEWALS: Final = {
    "none": ("warn", "Not begun"),
    "received": ("info", "Came in, to be confirmed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """How many run out in a week; `share` of the fullest one, in percent."""

    text: str
    count: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """An assignment that needs it longer."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One credential that runs out."""

    what: str
    under: str
    who: str
    who_href: str
    last_day: date
    tone: str
    renewal: tuple[str, str] | None
    touches: tuple[Touched, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpiringView:
    """The page: the weeks as bars, and the lines by day."""

    span: str
    weeks: tuple[Week, ...]
    lines: tuple[Line, ...]
    is_whole: bool
    choices: tuple[tuple[str, str, bool], ...]


def expiring_view(calendar: Body, *, names: Mapping[str, str], today: date, days: Ahead) -> ExpiringView:
    """The page for the next so many days."""
    most = max((int(one["count"]) for one in calendar["weeks"]), default=1)
    return ExpiringView(
        span=" – ".join(full_day(calendar[end]) for end in ("first", "last")),
        weeks=tuple(_week(one, most) for one in calendar["weeks"]),
        lines=tuple(_line(one, names, today=today) for one in calendar["lines"]),
        is_whole=bool(calendar["is_whole"]),
        choices=tuple((f"{one} days", f"/credentialing?days={one}", one == days) for one in get_args(Ahead)),
    )


def people_of(calendar: Body) -> list[str]:
    """The ids whose names the page needs."""
    touched = [each["facility_id"] for one in calendar["lines"] for each in one["touches"]]
    return [*(one["clinician_id"] for one in calendar["lines"]), *touched]


def _week(one: Body, most: int) -> Week:
    first, count = date.fromisoformat(one["first"]), int(one["count"])
    return Week(text=written.days_between(first, first + timedelta(days=6)), count=count, share=100 * count // most)


def _line(one: Body, names: Mapping[str, str], *, today: date) -> Line:
    last_day = date.fromisoformat(one["expires_on"])
    touches = tuple(_touched(each, one, names, today=today) for each in one["touches"])
    return Line(
        what=str(one["name"] or partition_of(one["partition"])),
        under=" · ".join(str(part) for part in (one["code"], one["subject"]) if part),
        who=written.clinician(names, one["clinician_id"]),
        who_href=f"/clinicians/{one['clinician_id']}",
        last_day=last_day,
        tone="bad" if touches or last_day < today else "warn" if (last_day - today).days <= _SOON else "neutral",
        renewal=_RENEWALS.get(str(one["renewal"]), ("neutral", kind_words(str(one["renewal"]))))
        if one["renewal"]
        else None,
        touches=touches,
    )


def _touched(each: Body, one: Body, names: Mapping[str, str], *, today: date) -> Touched:
    first = date.fromisoformat(each["first_shift_on"])
    href = (
        item_href(each["assignment_id"], str(one["code"]))
        if one["code"]
        else f"/assignments/{each['assignment_id']}/file"
    )
    return Touched(
        text=f"{written.place(names, each['facility_id'])}, shifts from {written.day(first, today=today)}", href=href
    )
