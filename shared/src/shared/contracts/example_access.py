"""Examples of what identity says: a person, a grant and its end, a sign-out everywhere, an erasure, the settings."""

from datetime import UTC, date, datetime, time
from typing import Final

from shared.contracts.event import Event
from shared.contracts.example_story import ASSIGNMENT, CLINICIAN
from shared.contracts.identity import (
    AccessWithdrawn,
    BusinessCalendar,
    GrantGiven,
    GrantRevoked,
    PersonChanged,
    PersonErased,
    ServiceLevel,
    SettingsChanged,
)
from shared.contracts.terms import Weekday

_PERSON: Final = "per_01m8b2c4d6e8f0g2h4j6k8m0np"
_LEAD: Final = "per_01m8b2c5d7e9f1g3h5j7k9m1nq"
_GRANT: Final = "grt_01m8b3d5e7f9g1h3j5k7m9n1pr"
_WORKDAYS: Final = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)

ACCESS: Final[tuple[Event, ...]] = (
    PersonChanged(
        person_id=_PERSON,
        name="Tomas Okafor-Lind",
        email="tomas.okafor-lind@example.com",
        roles=("virtual_specialist",),
        is_active=True,
        time_zone="Asia/Manila",
    ),
    AccessWithdrawn(subject=_PERSON, withdrawn_at=datetime(2026, 9, 10, 16, 20, 8, tzinfo=UTC), reason="signed_out"),
    GrantGiven(
        grant_id=_GRANT,
        person_id=_PERSON,
        role="credentialing_specialist",
        until=datetime(2026, 9, 30, 7, tzinfo=UTC),
        assignments=(ASSIGNMENT,),
        fields=("contact",),
        reason="September starts in the west",
        given_by=_LEAD,
    ),
    GrantRevoked(grant_id=_GRANT, person_id=_PERSON, reason="case_done", revoked_by=_LEAD),
    PersonErased(subject=CLINICIAN, requested_on=date(2029, 2, 1)),
    SettingsChanged(
        settings_id="agency",
        agency_name="Northline Staffing",
        calendars=(
            BusinessCalendar(
                department="credentialing",
                time_zone="America/Denver",
                weekdays=_WORKDAYS,
                opens_at=time(8),
                closes_at=time(17, 30),
                days_off=(date(2026, 11, 26),),
            ),
        ),
        service_levels=(ServiceLevel(kind="verify_license", business_hours=8),),
    ),
)
