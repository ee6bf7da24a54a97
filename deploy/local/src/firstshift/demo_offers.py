"""The demo's twenty-five assignments: who goes where, when, and how far each has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import IntEnum
from typing import Any

from firstshift.demo_rows import SOURCE, rows


class Goal(IntEnum):
    """How far an assignment has come; each includes those before it."""

    OFFERED = 0
    ACCEPTED = 1
    """Just accepted: nothing done yet."""
    BEGUN = 2
    """A part of the credentials is there, payroll has some of its papers."""
    ONBOARDING = 3
    """The agreement is signed and the client has confirmed; most credentials are there."""
    CLEARED = 4
    """All credentials are verified."""
    READY = 5
    """Every department is ready."""
    ACTIVE = 6
    """It has started, with shifts worked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One assignment of the demo. `week` is that of its start, counted from the demo's own.

    `twist` is what happened to it on the way, if anything: declined, cancelled, pushed, extended, underpaid.
    """

    reference: str
    clinician: str
    facility: str
    unit: str
    specialty: str
    week: int
    weeks: int
    shift: str
    housing: str
    goal: Goal
    twist: str

    def start_on(self, monday: date) -> date:
        """Its first day, also a Monday, for a demo first loaded in the week of this one."""
        return monday + timedelta(weeks=self.week)

    def monday_before(self, start: date) -> date:
        """The Monday of the week in which the demo was first loaded, from the first day of this assignment."""
        return start - timedelta(weeks=self.week)


OFFERS = """
O-5001 | C-1001 | F-205 | ICU            | ICU   | 4  | 13 | 3x12 nights | stipend     | ACCEPTED   |
O-5002 | C-1002 | F-203 | ED             | ED    | 5  | 13 | 3x12 days   | agency_unit | ACCEPTED   |
O-5003 | C-1013 | F-209 | Long-term care | LTC   | 3  | 8  | 5x8 days    | stipend     | ACCEPTED   |
O-5004 | C-1017 | F-211 | Rehab          | REHAB | 6  | 13 | 5x8 days    | stipend     | ACCEPTED   |
O-5005 | C-1003 | F-210 | ICU            | ICU   | 3  | 13 | 3x12 days   | stipend     | BEGUN      |
O-5006 | C-1014 | F-206 | MedSurg 2      | MS    | 2  | 8  | 4x10 days   | stipend     | BEGUN      |
O-5007 | C-1019 | F-207 | Rehab          | REHAB | 3  | 13 | 5x8 days    | agency_unit | BEGUN      |
O-5008 | C-1024 | F-204 | OR             | OR    | 2  | 13 | 4x10 days   | stipend     | BEGUN      |
O-5009 | C-1004 | F-208 | MedSurg 2      | MS    | 2  | 13 | 3x12 nights | stipend     | ONBOARDING |
O-5010 | C-1005 | F-204 | L&D            | LD    | 3  | 13 | 3x12 days   | agency_unit | ONBOARDING |
O-5011 | C-1022 | F-203 | Respiratory    | ICU   | 1  | 13 | 3x12 nights | stipend     | ONBOARDING |
O-5012 | C-1018 | F-209 | Rehab          | REHAB | 2  | 10 | 5x8 days    | stipend     | ONBOARDING |
O-5013 | C-1006 | F-202 | Tele 5         | TELE  | 2  | 13 | 3x12 days   | stipend     | CLEARED    |
O-5014 | C-1020 | F-208 | Rehab          | REHAB | 1  | 13 | 5x8 days    | stipend     | CLEARED    |
O-5015 | C-1007 | F-201 | ED             | ED    | 1  | 13 | 3x12 nights | agency_unit | READY      |
O-5016 | C-1023 | F-206 | Respiratory    | ED    | 2  | 13 | 3x12 days   | stipend     | READY      |
O-5017 | C-1008 | F-201 | OR             | OR    | -1 | 13 | 4x10 days   | stipend     | ACTIVE     |
O-5018 | C-1009 | F-207 | MedSurg 4      | MS    | -2 | 13 | 3x12 nights | stipend     | ACTIVE     |
O-5019 | C-1010 | F-205 | ICU            | ICU   | -3 | 13 | 3x12 nights | agency_unit | ACTIVE     |
O-5020 | C-1021 | F-212 | Rehab          | REHAB | -2 | 8  | 5x8 days    | not_needed  | ACTIVE     |
O-5021 | C-1011 | F-202 | Tele 5         | TELE  | -4 | 13 | 3x12 days   | stipend     | ACTIVE     | extended
O-5022 | C-1012 | F-207 | L&D            | LD    | 2  | 13 | 3x12 nights | agency_unit | READY      | cancelled
O-5023 | C-1025 | F-206 | OR             | OR    | 1  | 13 | 4x10 days   | stipend     | BEGUN      | pushed
O-5024 | C-1015 | F-203 | MedSurg 1      | MS    | 3  | 13 | 5x8 days    | not_needed  | ACCEPTED   | underpaid
O-5025 | C-1016 | F-212 | Long-term care | LTC   | 2  | 6  | 5x8 days    | not_needed  | OFFERED    | declined
"""

SHIFTS = {
    "3x12 days": ("07:00", "19:30", "mon tue wed", 36),
    "3x12 nights": ("19:00", "07:30", "mon tue thu", 36),
    "4x10 days": ("07:00", "17:30", "mon tue wed thu", 40),
    "5x8 days": ("08:00", "16:30", "mon tue wed thu fri", 40),
}
"""From, to, on which days, and the paid hours of a week."""

PAY = {
    "RN": ("38.00", "92.00"),
    "LPN": ("27.50", "61.00"),
    "CNA": ("20.50", "41.00"),
    "PT": ("41.00", "88.00"),
    "OT": ("39.50", "85.00"),
    "SLP": ("40.00", "86.00"),
    "RT": ("34.00", "76.00"),
    "SURG_TECH": ("31.00", "72.00"),
}
"""What an hour is paid and billed at, in dollars."""

BELOW_EVERY_MINIMUM = "7.00"
HALF_MORE = Decimal("1.5")
LODGING, MEALS = "700.00", "392.00"


def plans() -> tuple[Plan, ...]:
    """All of them, in the order of their references."""
    return tuple(_plan(cells) for cells in rows(OFFERS))


def offer_body(plan: Plan, *, discipline: str, monday: date) -> dict[str, Any]:
    """The offer as the recruiter system posts it."""
    start = plan.start_on(monday)
    from_time, to_time, days, hours = SHIFTS[plan.shift]
    return {
        "source": SOURCE,
        "source_reference": plan.reference,
        "state": "offered" if plan.goal is Goal.OFFERED else "accepted",
        "clinician_reference": plan.clinician,
        "facility_reference": plan.facility,
        "unit": plan.unit,
        "discipline": discipline,
        "specialty": plan.specialty,
        "start_date": start.isoformat(),
        "end_date": (start + timedelta(weeks=plan.weeks, days=-2)).isoformat(),
        "shift_pattern": {
            "shifts_per_week": len(days.split()),
            "starts_at": f"{from_time}:00",
            "ends_at": f"{to_time}:00",
            "unpaid_meal_minutes": 30,
            "weekdays": days.split(),
        },
        "guaranteed_hours_per_week": str(hours),
        "pay_package": _pay(plan, PAY[discipline][0]),
        "bill_rates": _rates(PAY[discipline][1]),
        "housing_mode": plan.housing,
    }


def _pay(plan: Plan, regular: str) -> Mapping[str, Any]:
    is_away = plan.housing != "not_needed"
    return {
        "hourly_rates": _rates(BELOW_EVERY_MINIMUM if plan.twist == "underpaid" else regular),
        "lodging_per_week": LODGING if plan.housing == "stipend" else "0.00",
        "meals_per_week": MEALS if is_away else "0.00",
        "tax_home_declared": is_away,
    }


def _rates(regular: str) -> dict[str, str]:
    overtime = (Decimal(regular) * HALF_MORE).quantize(Decimal("0.01"))
    return {"REG": regular, "OT": str(overtime)}


def _plan(cells: list[str]) -> Plan:
    reference, clinician, facility, unit, specialty, week, weeks, shift, housing, goal, twist = cells
    return Plan(
        reference=reference,
        clinician=clinician,
        facility=facility,
        unit=unit,
        specialty=specialty,
        week=int(week),
        weeks=int(weeks),
        shift=shift,
        housing=housing,
        goal=Goal[goal],
        twist=twist,
    )
