"""When somebody is reminded that something runs out, and how urgently."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LICENCE_DAYS = (120, 90, 60, 30, 7, 1)
OTHER_DAYS = (60, 30, 14, 7, 1)
"""Days before the last day, as the field does it (facts on expirables: 120 to 1 for licences)."""
MARGIN_DAYS = 30
"""The first notice leaves so many days beyond the usual time to renew."""
LICENCE = "LIC-"


class Urgency(StrEnum):
    """How pressing a notice is, from the least."""

    EARLY = "early"
    DUE = "due"
    SOON = "soon"
    URGENT = "urgent"
    """A week or less is left, or less than it usually takes."""
    LAST = "last"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One step: so many days before the last day, due on a day; shown when it was given."""

    days_before: int
    due_on: date
    urgency: Urgency


def notice_days(lead_days: int, *, is_licence: bool) -> tuple[int, ...]:
    """The steps in days before the last day, the first one first.

    The first leaves the usual time to renew and thirty days more, even where the usual ladder begins later.
    """
    ladder = LICENCE_DAYS if is_licence else OTHER_DAYS
    first = lead_days + MARGIN_DAYS
    return (first, *ladder) if first > ladder[0] else ladder


def reminders(expires_on: date, lead_days: int, *, today: date, is_licence: bool = False) -> tuple[Notice, ...]:
    """The steps still to give, in order: what is known late begins with the latest step that has passed.

    Nothing is left of what has run out already.
    """
    if expires_on < today:
        return ()
    steps = [notice(expires_on, days, lead_days=lead_days) for days in notice_days(lead_days, is_licence=is_licence)]
    passed = [one for one in steps if one.due_on <= today]
    return (*passed[-1:], *(one for one in steps if one.due_on > today))


def notice(expires_on: date, days_before: int, *, lead_days: int) -> Notice:
    """The step of so many days before the last day."""
    return Notice(
        days_before=days_before,
        due_on=expires_on - timedelta(days=days_before),
        urgency=_urgency(days_before, lead_days),
    )


def _urgency(days_before: int, lead_days: int) -> Urgency:
    if days_before <= 1:
        return Urgency.LAST
    if days_before <= 7 or days_before < lead_days:
        return Urgency.URGENT
    if days_before <= 30:
        return Urgency.SOON
    return Urgency.DUE if days_before <= 60 else Urgency.EARLY
