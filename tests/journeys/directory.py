"""A small invented directory and offers to its clinicians."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from shared.clock import SystemClock
from tests.system import System

SOURCE = "journeys"
CLINICIANS = 60
_numbers = count(1)


def _address(state: str, zip_code: str, city: str) -> dict[str, str]:
    return {"street": "100 Main Street", "city": city, "state": state, "zip": zip_code}


FACILITIES: dict[str, dict[str, Any]] = {
    "F-1": {
        "client_reference": "K-1",
        "name": "Mesa General",
        "address": _address("CO", "80202", "Denver"),
        "time_zone": "America/Denver",
        "units": ["ICU", "TELE"],
        "workweek_starts": "sun",
        "holiday_calendar": "federal",
        "orientation_days": 2,
    },
    "F-2": {
        "client_reference": "K-1",
        "name": "Harbor Medical Center",
        "address": _address("WA", "98101", "Seattle"),
        "time_zone": "America/Los_Angeles",
        "units": ["ICU", "ER"],
        "workweek_starts": "sun",
        "holiday_calendar": "federal",
        "orientation_days": 0,
    },
}


def clinician(number: int) -> dict[str, Any]:
    """An invented ICU nurse."""
    return {
        "name": f"Test Nurse {number}",
        "email": f"nurse{number}@example.org",
        "phone": f"303-555-01{number:02}",
        "home": _address("CO", "80014", "Aurora"),
        "discipline": "RN",
        "specialties": ["ICU"],
    }


async def fill_directory(system: System) -> None:
    """One client, two facilities, sixty clinicians."""
    recruiter = system.caller("coordinator")
    answers = [await recruiter.put("assignments", f"/v1/clients/{SOURCE}/K-1", {"name": "Front Range Health"})]
    for reference, facility in FACILITIES.items():
        answers.append(await recruiter.put("assignments", f"/v1/facilities/{SOURCE}/{reference}", facility))
    for number in range(1, CLINICIANS + 1):
        path = f"/v1/clinicians/{SOURCE}/C-{number}"
        answers.append(await recruiter.put("assignments", path, clinician(number)))
    refused = [answer.text for answer in answers if answer.status_code != 201]
    assert not refused, refused[0]


def today() -> date:
    """The calendar day in Denver, near enough: journeys do not run at midnight's edge of a rule."""
    return (SystemClock().now() - timedelta(hours=7)).date()


def an_offer(*, weeks_ahead: int = 6, **changes: Any) -> dict[str, Any]:
    """A fresh offer of thirteen weeks of ICU nights to one of the clinicians."""
    number = next(_numbers)
    start = today() + timedelta(weeks=weeks_ahead)
    offer = {
        "source": SOURCE,
        "source_reference": f"O-{number}-{SystemClock().now().timestamp()}",
        "clinician_reference": f"C-{number % CLINICIANS + 1}",
        "facility_reference": "F-1",
        "unit": "ICU",
        "discipline": "RN",
        "specialty": "ICU",
        "start_date": start.isoformat(),
        "end_date": (start + timedelta(days=90)).isoformat(),
        "shift_pattern": {
            "shifts_per_week": 3,
            "starts_at": "19:00:00",
            "ends_at": "07:30:00",
            "unpaid_meal_minutes": 30,
        },
        "guaranteed_hours_per_week": "36",
        "housing_mode": "stipend",
        "pay_package": {
            "hourly_rates": {"REG": "32.00"},
            "lodging_per_week": "600.00",
            "meals_per_week": "350.00",
            "tax_home_declared": True,
        },
        "bill_rates": {"REG": "92.00"},
    }
    return {**offer, **changes}
