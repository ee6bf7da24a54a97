"""What the agency's settings say about its days."""

from datetime import date
from typing import Final

from portal.storage.people import DEFAULT_ZONE
from shared.calendar import local_day
from shared.contracts.identity import SettingsChanged
from shared.db.work import Work

THE_AGENCY: Final = "agency"
"""The key of the one set of settings there is."""


async def agency_zone(work: Work) -> str:
    """The zone in which the agency counts its days and months: that of its first calendar."""
    settings = await work.known(SettingsChanged, THE_AGENCY)
    return settings.calendars[0].time_zone if settings and settings.calendars else DEFAULT_ZONE


async def agency_name(work: Work) -> str:
    """What the agency calls itself; "The agency" until its settings are known."""
    settings = await work.known(SettingsChanged, THE_AGENCY)
    return settings.agency_name if settings and settings.agency_name else "The agency"


async def agency_day(work: Work) -> date:
    """The agency's today."""
    return local_day(work.now, await agency_zone(work))
