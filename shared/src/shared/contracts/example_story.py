"""The story the examples tell: Ines Calloway takes thirteen weeks in an ICU in Oregon. All invented."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Final

from shared.contracts.terms import (
    Bonus,
    BonusKind,
    Discipline,
    HousingMode,
    PayPackage,
    Reimbursement,
    ShiftPattern,
    Terms,
    Weekday,
)

ASSIGNMENT: Final = "asg_01m8k3v5q2x7c9d4f6g8h0j1kn"
CLINICIAN: Final = "cln_01m8k2r4w6y8b0d2f4h6k8n0qs"
FACILITY: Final = "fac_01m7z9a1c3e5g7j9m1p3r5t7vx"
CLIENT: Final = "cli_01m7z8b2d4f6h8k0n2q4s6v8xz"
CASE: Final = "cas_01m8k3v9z1b3d5f7h9k1n3q5sv"
ITEM: Final = "wki_01m8k3vbd4g6j8m0p2r4t6w8y0"
SHIFT: Final = "shf_01m9t5c7e9g1j3m5p7r9t1v3x5"
NEXT_SHIFT: Final = "shf_01m9t5c8f0h2k4n6q8s0v2x4z6"
TIMECARD: Final = "tmc_01m9wz1b3d5f7h9k1m3p5r7t9w"
STATEMENT: Final = "pst_01ma2c4e6g8j0m2p4r6t8w0y2b"
MARGIN: Final = "mgn_01ma3c5e7g9j1m3p5r7t9w1y3a"
INVOICE: Final = "inv_01ma4d6f8h0k2n4q6s8v0x2z4c"

FIRST_TERMS: Final = Terms(
    version=1,
    facility_id=FACILITY,
    unit="ICU 4 West",
    discipline=Discipline.RN,
    specialty="ICU",
    start_date=date(2026, 9, 14),
    end_date=date(2026, 12, 12),
    shift_pattern=ShiftPattern(
        shifts_per_week=3,
        starts_at=time(19, 0),
        ends_at=time(7, 30),
        unpaid_meal_minutes=30,
        weekdays=(Weekday.MON, Weekday.TUE, Weekday.WED),
    ),
    guaranteed_hours_per_week=Decimal("36"),
    pay_package=PayPackage(
        hourly_rates={
            "REG": Decimal("38.50"),
            "OT": Decimal("57.75"),
            "HOLIDAY": Decimal("57.75"),
            "CALL": Decimal("4.00"),
            "ORIENT": Decimal("30.00"),
        },
        lodging_per_week=Decimal("840.00"),
        meals_per_week=Decimal("476.00"),
        tax_home_declared=True,
        bonuses=(Bonus(kind=BonusKind.COMPLETION, amount=Decimal("1500.00"), due_on=date(2026, 12, 18)),),
        reimbursements=(Reimbursement(kind="travel", limit=Decimal("500.00")),),
    ),
    bill_rates={"REG": Decimal("92.00"), "OT": Decimal("138.00"), "HOLIDAY": Decimal("138.00")},
    housing_mode=HousingMode.STIPEND,
)
PUSHED_TERMS: Final = replace(FIRST_TERMS, version=2, start_date=date(2026, 9, 21), end_date=date(2026, 12, 19))
