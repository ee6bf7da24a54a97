"""Which calendar day it is somewhere."""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LAST_ZONE: Final = "Pacific/Pago_Pago"
"""American Samoa: of all places where people may work or write here, the one where a day ends last."""


def local_day(instant: datetime, time_zone: str) -> date:
    """The calendar day of an instant in an IANA time zone."""
    return instant.astimezone(ZoneInfo(time_zone)).date()


def earliest_today(instant: datetime) -> date:
    """The earliest day that is still today for somebody here: what is refused as past, or is over, lies before it.

    A day that somebody writes has no zone; by UTC alone an evening in America would be tomorrow.
    """
    return local_day(instant, LAST_ZONE)
