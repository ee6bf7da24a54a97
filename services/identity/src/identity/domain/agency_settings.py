"""How the agency works: its name, when its departments are at work, how fast each kind of work is to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from shared.contracts.catalogue import DEPARTMENTS
from shared.contracts.identity import BusinessCalendar, ServiceLevel, SettingsChanged
from shared.contracts.terms import Weekday
from shared.errors import Finding

THE_AGENCY: Final = "agency"
"""The id of the one set of settings there is."""

MOST_HOURS: Final = 2000
"""About a year of business hours; a service level beyond that says nothing."""

WORKING_DAYS: Final = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencySettings:
    """The whole present settings; version 0 are the defaults, before anybody changed them."""

    agency_name: str
    calendars: tuple[BusinessCalendar, ...]
    service_levels: tuple[ServiceLevel, ...]
    settings_id: str = THE_AGENCY
    version: int = 0


DEFAULTS: Final = AgencySettings(
    agency_name="Our agency",
    calendars=tuple(
        BusinessCalendar(
            department=department,
            time_zone="America/Chicago",
            weekdays=WORKING_DAYS,
            opens_at=time(8),
            closes_at=time(17),
        )
        for department in DEPARTMENTS
    ),
    service_levels=(),
)
"""Monday to Friday, eight to five in the middle of the country; until levels are set, a task's own due date counts."""


def settings_findings(asked: AgencySettings) -> tuple[Finding, ...]:
    """Everything that is wrong with settings; empty when nothing is."""
    return (*_calendars_findings(asked.calendars), *_levels_findings(asked.service_levels))


def changed_event(settings: AgencySettings) -> SettingsChanged:
    """What every service hears."""
    return SettingsChanged(
        settings_id=settings.settings_id,
        agency_name=settings.agency_name,
        calendars=settings.calendars,
        service_levels=settings.service_levels,
    )


def is_time_zone(name: str) -> bool:
    """Whether this is the name of an IANA time zone, written as IANA does."""
    try:
        return ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _calendars_findings(calendars: Sequence[BusinessCalendar]) -> Iterator[Finding]:
    known = [calendar.department for calendar in calendars]
    yield from _repeated("/calendars", known, field="department")
    missing = [department for department in DEPARTMENTS if department not in known]
    if missing:
        message = f"Say when these departments work: {', '.join(missing)}."
        yield Finding(pointer="/calendars", code="department_missing", message=message)
    for index, calendar in enumerate(calendars):
        yield from _calendar_findings(f"/calendars/{index}", calendar)


def _calendar_findings(at: str, calendar: BusinessCalendar) -> Iterator[Finding]:
    if calendar.department not in DEPARTMENTS:
        message = f"Write one of {', '.join(DEPARTMENTS)}."
        yield Finding(pointer=f"{at}/department", code="not_one_of", message=message)
    if not is_time_zone(calendar.time_zone):
        message = "Give an IANA time zone such as America/Chicago."
        yield Finding(pointer=f"{at}/time_zone", code="unknown_time_zone", message=message)
    if calendar.closes_at <= calendar.opens_at:
        message = "Write a time after opens_at, on the same day."
        yield Finding(pointer=f"{at}/closes_at", code="closes_before_opening", message=message)
    yield from _repeated(f"{at}/weekdays", calendar.weekdays)
    yield from _repeated(f"{at}/days_off", calendar.days_off)


def _levels_findings(levels: Sequence[ServiceLevel]) -> Iterator[Finding]:
    yield from _repeated("/service_levels", [level.kind for level in levels], field="kind")


def _repeated(at: str, given: Sequence[object], *, field: str = "") -> Iterator[Finding]:
    for index, one in enumerate(given):
        if one in given[:index]:
            pointer = f"{at}/{index}/{field}".rstrip("/")
            yield Finding(pointer=pointer, code="repeated", message="Name each only once.")
