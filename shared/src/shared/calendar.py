"""Which calendar day it is somewhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def local_day(instant: datetime, time_zone: str) -> date:
    """The calendar day of an instant in an IANA time zone."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
