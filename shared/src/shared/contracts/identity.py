"""Events of the identity service: who works here, what was granted and taken back, whom to forget, how we work."""

from dataclasses import dataclass
from datetime import date, datetime, time

from shared.contracts.event import Event, event
from shared.contracts.terms import Weekday


@event("person.changed")
class PersonChanged(Event):
    """The whole present state of somebody with an account; never a password, a factor or a token."""

    person_id: str
    name: str
    email: str
    roles: tuple[str, ...]
    is_active: bool
    team: str | None = None
    time_zone: str | None = None


@event("access.withdrawn")
class AccessWithdrawn(Event):
    """Tokens of this subject that were issued before the instant are refused from now on, everywhere.

    `subject` is a person, an API client or a link; `withdrawn_at` is real time, rounded up to the second.
    """

    subject: str
    withdrawn_at: datetime
    reason: str


@event("grant.given")
class GrantGiven(Event):
    """A virtual specialist may act in a role on these assignments, or (when there are none) on its queue."""

    grant_id: str
    person_id: str
    role: str
    until: datetime
    assignments: tuple[str, ...]
    fields: tuple[str, ...]
    reason: str
    given_by: str


@event("grant.revoked")
class GrantRevoked(Event):
    """A grant ended before its time; tokens that carry it no longer open anything by it."""

    grant_id: str
    person_id: str
    reason: str
    revoked_by: str


@event("person.erased")
class PersonErased(Event):
    """Everything that is kept of this subject under its own key is to be made unreadable, as far as no hold forbids.

    `subject` is a clinician's or a person's id.
    """

    subject: str
    requested_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessCalendar:
    """When a department works: the days of its week, the local hours, and days off besides."""

    department: str
    time_zone: str
    weekdays: tuple[Weekday, ...]
    opens_at: time
    closes_at: time
    days_off: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceLevel:
    """Within how many business hours a kind of work item is to be done."""

    kind: str
    business_hours: int


@event("settings.changed")
class SettingsChanged(Event):
    """The whole present settings of the agency."""

    settings_id: str
    agency_name: str
    calendars: tuple[BusinessCalendar, ...]
    service_levels: tuple[ServiceLevel, ...]
