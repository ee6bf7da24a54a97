"""From a wall clock at the facility to one instant, also in the two nights a year when clocks change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from timekeeping.domain.errors import UnknownTimeZone


class Irregularity(StrEnum):
    """What is odd about a wall-clock time on the night when clocks change."""

    NONEXISTENT_LOCAL_TIME = "nonexistent_local_time"
    AMBIGUOUS_LOCAL_TIME = "ambiguous_local_time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant in UTC, and what was odd about the wall clock it was read from."""

    at: datetime
    irregularity: Irregularity | None = None


def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone of this name. Raises UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as unknown:
        raise UnknownTimeZone from unknown


def moment_of(day: date, wall: time, *, zone: ZoneInfo) -> Moment:
    """The instant when the facility's clocks show this time on this day.

    A time that clocks skip is moved on by the skipped hour (02:30 is read as 03:30); a time that comes twice is its
    first occurrence. Both are marked.
    """
    first = datetime.combine(day, wall.replace(fold=0), tzinfo=zone)
    before, after = (first.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if before == after:
        return Moment(at=before)
    skipped = before > after
    odd = Irregularity.NONEXISTENT_LOCAL_TIME if skipped else Irregularity.AMBIGUOUS_LOCAL_TIME
    return Moment(at=before, irregularity=odd)


def day_at(instant: datetime, zone: ZoneInfo) -> date:
    """The day that the facility's calendar shows at this instant."""
    return instant.astimezone(zone).date()
