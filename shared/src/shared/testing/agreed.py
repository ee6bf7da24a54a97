"""What services agree on, valid by default, each field overridden by keyword: terms, offers, places and people.

All of it is invented. A service's own builders begin here and say where their example differs.
"""

from datetime import date, time
from decimal import Decimal
from typing import Any

from shared.contracts.assignments import Address, ClientChanged, ClinicianChanged, FacilityChanged, OfferAccepted
from shared.contracts.terms import Discipline, PayPackage, ShiftPattern, Terms, Weekday


def some_terms(**overrides: Any) -> Terms:
    """Three days of twelve paid hours a week in an ICU, for thirteen weeks from Monday, 5 January 2026."""
    valid: dict[str, Any] = {
        "version": 1,
        "facility_id": "fac_1",
        "unit": "ICU",
        "discipline": Discipline.RN,
        "specialty": "ICU",
        "start_date": date(2026, 1, 5),
        "end_date": date(2026, 4, 5),
        "shift_pattern": ShiftPattern(shifts_per_week=3, starts_at=time(7), ends_at=time(19, 30)),
        "guaranteed_hours_per_week": Decimal(36),
        "pay_package": some_pay(),
    }
    return Terms(**valid | overrides)


def some_pay(**overrides: Any) -> PayPackage:
    """38.00 an hour and nothing beside it."""
    valid: dict[str, Any] = {"hourly_rates": {"REG": Decimal("38.00")}}
    return PayPackage(**valid | overrides)


def an_offer(**overrides: Any) -> OfferAccepted:
    """The accepted offer of `some_terms`."""
    valid: dict[str, Any] = {
        "assignment_id": "asg_1",
        "source": "demo",
        "source_reference": "O-1",
        "clinician_id": "cln_1",
        "client_id": "cli_1",
        "terms": some_terms(),
    }
    return OfferAccepted(**valid | overrides)


def a_facility(**overrides: Any) -> FacilityChanged:
    """A hospital in Minnesota."""
    valid: dict[str, Any] = {
        "facility_id": "fac_1",
        "client_id": "cli_1",
        "source": "demo",
        "source_reference": "F-1",
        "name": "Prairie Lake Hospital",
        "address": Address(street="1 Lake Road", city="Duluth", state="MN", zip="55802"),
        "time_zone": "America/Chicago",
        "units": ("ICU", "MS"),
        "workweek_starts": Weekday.SUN,
        "holiday_calendar": "us",
    }
    return FacilityChanged(**valid | overrides)


def a_clinician(**overrides: Any) -> ClinicianChanged:
    """A nurse at home in New Mexico."""
    valid: dict[str, Any] = {
        "clinician_id": "cln_1",
        "source": "demo",
        "source_reference": "C-1",
        "name": "Ines Calloway",
        "email": "ines.calloway@example.com",
        "phone": "+1-505-555-0142",
        "home": Address(street="218 Juniper Lane", city="Santa Fe", state="NM", zip="87501"),
        "discipline": Discipline.RN,
        "specialties": ("ICU",),
    }
    return ClinicianChanged(**valid | overrides)


def a_client(**overrides: Any) -> ClientChanged:
    """The health system that is billed."""
    valid: dict[str, Any] = {
        "client_id": "cli_1",
        "source": "demo",
        "source_reference": "K-1",
        "name": "Prairie Health Partners",
    }
    return ClientChanged(**valid | overrides)
