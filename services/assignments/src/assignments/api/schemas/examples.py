"""Examples that the OpenAPI document shows; all people and places are invented."""

from typing import Any

from pydantic import ConfigDict

CLIENT_ID = "cli_01m8095ps8e00rc1kcn27y03ze"
FACILITY_ID = "fac_01m8095ps8e00rc1kcn27y03zf"
CLINICIAN_ID = "cln_01m8095ps8e00rc1kcn27y03zg"
ASSIGNMENT_ID = "asg_01m8095ps8e00rc1kcn27y03zh"

CLIENT: dict[str, Any] = {"name": "Pecan Health"}
FACILITY: dict[str, Any] = {
    "client_reference": "K-1",
    "name": "Pecan Valley Hospital",
    "address": {"street": "1 Main St", "city": "Austin", "state": "TX", "zip": "78701"},
    "time_zone": "America/Chicago",
    "units": ["ICU 4", "Step-down 2"],
    "workweek_starts": "sun",
    "holiday_calendar": "us_federal",
    "orientation_days": 1,
}
CLINICIAN: dict[str, Any] = {
    "name": "Avery Quill",
    "email": "avery.quill@example.org",
    "phone": "+1 614 555 0100",
    "home": {"street": "2 Elm St", "city": "Columbus", "state": "OH", "zip": "43004"},
    "discipline": "RN",
    "specialties": ["ICU"],
    "npi": "1234567893",
}
SHIFT: dict[str, Any] = {
    "shifts_per_week": 3,
    "starts_at": "19:00:00",
    "ends_at": "07:30:00",
    "unpaid_meal_minutes": 30,
    "weekdays": [],
}
PAY: dict[str, Any] = {
    "hourly_rates": {"REG": "32.50", "OT": "48.75"},
    "lodging_per_week": "700.00",
    "meals_per_week": "350.00",
    "tax_home_declared": True,
    "bonuses": [{"kind": "completion", "amount": "500.00", "due_on": None}],
    "reimbursements": [{"kind": "licence", "limit": "200.00"}],
}
OFFER: dict[str, Any] = {
    "source": "ats",
    "source_reference": "O-1",
    "clinician_reference": "C-1",
    "facility_reference": "F-1",
    "unit": "ICU 4",
    "discipline": "RN",
    "specialty": "ICU",
    "start_date": "2026-02-02",
    "end_date": "2026-05-02",
    "shift_pattern": SHIFT,
    "guaranteed_hours_per_week": "36",
    "pay_package": PAY,
    "bill_rates": {"REG": "81.00"},
    "housing_mode": "stipend",
}
TERMS: dict[str, Any] = {
    "version": 1,
    "facility_id": FACILITY_ID,
    **{
        name: OFFER[name]
        for name in (
            "unit",
            "discipline",
            "specialty",
            "start_date",
            "end_date",
            "shift_pattern",
            "guaranteed_hours_per_week",
            "pay_package",
            "bill_rates",
            "housing_mode",
        )
    },
}


def shown(example: dict[str, Any]) -> ConfigDict:
    """The configuration of a body that the document shows by this example."""
    return ConfigDict(json_schema_extra={"examples": [example]})
