"""What somebody asks for one or many work items, in the words of a form; who it is about is looked up beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from portal.domain.errors import AssigneeUnknown, HandOverInvalid, SnoozeInvalid
from portal.domain.holding import Assign, Change, HandOver, Release, Snooze, Take, Wake, Worker, faults_of_note
from shared.errors import Finding

NOBODY = "nobody"
"""What a form says instead of a person's id."""

MORNING = time(8)
"""When what waits until a day comes back on that day."""


OF_THE_REQUEST = (AssigneeUnknown, HandOverInvalid, SnoozeInvalid)
"""What is wrong with a request whichever the item."""


class Verb(StrEnum):
    """What can be done with an item that is not its department's to do."""

    TAKE = "take"
    RELEASE = "release"
    ASSIGN = "assign"
    HAND_OVER = "hand-over"
    SNOOZE = "snooze"
    WAKE = "wake"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """One thing asked: `to` is a person's id or "nobody", `until` a day, `event` a type of event; empty: not said."""

    verb: Verb
    to: str = ""
    note: str = ""
    until: date | None = None
    event: str = ""


def change_of(asked: ChangeRequest, *, to: Worker | None, time_zone: str) -> Change:
    """The change that is asked for.

    `to` is whom the request names, None where it names nobody who works here; a day begins at 08:00 in the zone.
    Raises AssigneeUnknown, SnoozeInvalid, and HandOverInvalid where person and note are both amiss.
    """
    match asked.verb:
        case Verb.TAKE:
            return Take()
        case Verb.RELEASE:
            return Release()
        case Verb.WAKE:
            return Wake()
        case Verb.SNOOZE:
            return Snooze(until=_morning(asked.until, time_zone), event=asked.event or None)
    findings = tuple(_faults(asked, is_known=to is not None or asked.to == NOBODY))
    if findings:
        raise HandOverInvalid(findings=findings) if len(findings) > 1 else AssigneeUnknown(findings=findings)
    return Assign(to=to, note=asked.note) if asked.verb is Verb.ASSIGN else HandOver(to=to, note=asked.note)


def _faults(asked: ChangeRequest, *, is_known: bool) -> Iterator[Finding]:
    if not is_known:
        message = "Choose somebody who works here." if asked.to else "Choose who does it."
        yield Finding(pointer="/to", code="assignee_unknown", message=message)
        yield from faults_of_note(asked.note, is_required=asked.verb is Verb.HAND_OVER)


def _morning(day: date | None, time_zone: str) -> datetime:
    if day is None:
        message = "Choose the day on which it comes back, at the latest."
        raise SnoozeInvalid(findings=(Finding(pointer="/until", code="day_missing", message=message),))
    return datetime.combine(day, MORNING, ZoneInfo(time_zone)).astimezone(UTC)
