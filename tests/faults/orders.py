"""What recruiters, coordinators and the departments ask, drawn from a seed.

Nothing here knows the services' code: bodies are written as the public API documents them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

SOURCE = "faults"
CLINICIANS = 60
FIRST_START = 42
"""Days from today to the earliest start: no rule about late starts comes in the way."""

ZONES = {
    "F-1": ("CO", "80202", "Denver", "America/Denver"),
    "F-2": ("WA", "98101", "Seattle", "America/Los_Angeles"),
    "F-3": ("NY", "10001", "New York", "America/New_York"),
    "F-4": ("AZ", "85004", "Phoenix", "America/Phoenix"),
}
"""Starts lie in the year to come, so that assignments span the days on which three of these change their clocks."""

PARTS = {"credentialing": "files", "payroll": "profiles", "housing": "cases", "timekeeping": "plans"}
WEIGHTS = {"offer": 44, "push": 12, "amend": 6, "cancel": 7, "duel": 5, "department": 16, "repeat": 10}


@dataclass(slots=True)
class Orders:
    """Draws the next thing to be asked. `taken` are the assignments that were acknowledged and not cancelled since."""

    random: Random
    today: date
    taken: list[str] = field(default_factory=list)
    focus: int | None = None
    """Only so many of the latest are asked about, while this is set."""

    def kind(self) -> str:
        """What is asked next; an offer as long as there is nothing else to be asked about."""
        (kind,) = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))
        return kind if self.taken else "offer"

    def key(self) -> str:
        """A fresh Idempotency-Key."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def assignment(self) -> str:
        """One of those that were acknowledged."""
        return self.random.choice(self.taken[-self.focus :] if self.focus else self.taken)

    def offer(self, reference: str) -> dict[str, Any]:
        """Thirteen weeks of ICU nights somewhere in the year to come."""
        start = self.today + timedelta(days=FIRST_START + self.random.randrange(300))
        return {
            "source": SOURCE,
            "source_reference": reference,
            "clinician_reference": f"C-{self.random.randrange(CLINICIANS) + 1}",
            "facility_reference": self.random.choice(list(ZONES)),
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
            "housing_mode": self.random.choice(["stipend", "agency_unit", "not_needed"]),
            "pay_package": {
                "hourly_rates": {"REG": "38.00"},
                "lodging_per_week": "0.00",
                "meals_per_week": "350.00",
                "tax_home_declared": True,
            },
            "bill_rates": {"REG": "92.00"},
        }

    def push(self, start: str) -> dict[str, Any]:
        """A start some days later than this one."""
        later = date.fromisoformat(start) + timedelta(days=self.random.randrange(1, 15))
        return {"new_start": later.isoformat()}

    def amendment(self) -> dict[str, Any]:
        """Another bill rate."""
        return {"revision": {"bill_rates": {"REG": f"{self.random.randrange(80, 120)}.00"}}}

    def department(self) -> str:
        """Whose work is done next."""
        return self.random.choice(list(PARTS))

    def proof(self) -> dict[str, str]:
        """When a credential was issued, and until when it is good."""
        issued = self.today - timedelta(days=self.random.randrange(1, 200))
        return {"issued_on": issued.isoformat(), "expires_on": (self.today + timedelta(days=800)).isoformat()}


def directory() -> Iterator[tuple[str, dict[str, Any]]]:
    """Path and body of everything that offers refer to, in the order in which it must be entered."""
    yield f"/v1/clients/{SOURCE}/K-1", {"name": "Front Range Health"}
    for reference, (state, zip_code, city, zone) in ZONES.items():
        yield (
            f"/v1/facilities/{SOURCE}/{reference}",
            {
                "client_reference": "K-1",
                "name": f"{city} General",
                "address": {"street": "100 Main Street", "city": city, "state": state, "zip": zip_code},
                "time_zone": zone,
                "units": ["ICU", "TELE"],
                "workweek_starts": "sun",
                "holiday_calendar": "federal",
                "orientation_days": 2,
            },
        )
    for number in range(1, CLINICIANS + 1):
        yield (
            f"/v1/clinicians/{SOURCE}/C-{number}",
            {
                "name": f"Test Nurse {number}",
                "email": f"nurse{number}@example.org",
                "phone": f"303-555-{number:04}",
                "home": {"street": "1 Oak Street", "city": "Aurora", "state": "CO", "zip": "80014"},
                "discipline": "RN",
                "specialties": ["ICU"],
            },
        )
