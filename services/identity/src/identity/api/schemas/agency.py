"""Bodies about the agency's settings."""

from datetime import date, time
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from identity.api.schemas.words import Code, Name, shown
from identity.domain.agency_settings import MOST_HOURS, AgencySettings
from shared.contracts.identity import BusinessCalendar, ServiceLevel
from shared.contracts.terms import Weekday
from shared.http.bodies import RequestBody, ResponseBody

_SETTINGS: dict[str, Any] = {
    "agency_name": "Meadowlark Staffing",
    "calendars": [
        {
            "department": department,
            "time_zone": "America/Chicago",
            "weekdays": ["mon", "tue", "wed", "thu", "fri"],
            "opens_at": "08:00:00",
            "closes_at": "17:00:00",
            "days_off": ["2026-12-25"],
        }
        for department in ("credentialing", "payroll", "housing", "timekeeping")
    ],
    "service_levels": [{"kind": "choose_unit", "business_hours": 16}],
}


def _without_offset(given: time) -> time:
    if given.tzinfo is not None:
        raise PydanticCustomError("not_a_wall_clock_time", "Write the department's wall-clock time, without an offset.")
    return given


WallClock = Annotated[time, AfterValidator(_without_offset)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), lt=date(2100, 1, 1))]


class CalendarIn(RequestBody):
    """When one department is at work."""

    department: Annotated[str, Field(max_length=40)]
    time_zone: Annotated[str, Field(max_length=60)]
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    opens_at: WallClock
    closes_at: WallClock
    days_off: Annotated[tuple[Day, ...], Field(max_length=200)] = ()


class LevelIn(RequestBody):
    """Within how many business hours a kind of work item is to be done."""

    kind: Code
    business_hours: Annotated[int, Field(ge=1, le=MOST_HOURS)]


class SettingsIn(RequestBody):
    """All of the settings as they are to be; each department has one calendar."""

    model_config = shown(_SETTINGS)

    agency_name: Name
    calendars: Annotated[tuple[CalendarIn, ...], Field(max_length=20)]
    service_levels: Annotated[tuple[LevelIn, ...], Field(max_length=200)] = ()

    def settings(self) -> AgencySettings:
        """The settings, as the rules read them."""
        return AgencySettings(
            agency_name=self.agency_name,
            calendars=tuple(BusinessCalendar(**calendar.model_dump()) for calendar in self.calendars),
            service_levels=tuple(ServiceLevel(**level.model_dump()) for level in self.service_levels),
        )


class CalendarOut(ResponseBody):
    """When one department is at work."""

    department: str
    time_zone: str
    weekdays: tuple[Weekday, ...]
    opens_at: time
    closes_at: time
    days_off: tuple[date, ...]


class LevelOut(ResponseBody):
    """Within how many business hours a kind of work item is to be done."""

    kind: str
    business_hours: int


class SettingsOut(ResponseBody):
    """The whole present settings; their version is the ETag, 0 before anybody changed the defaults."""

    model_config = shown(_SETTINGS)

    agency_name: str
    calendars: tuple[CalendarOut, ...]
    service_levels: tuple[LevelOut, ...]

    @classmethod
    def of(cls, settings: AgencySettings) -> Self:
        """The settings as they are shown."""
        return cls.model_validate(settings)
