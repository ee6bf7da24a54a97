"""The terms of an assignment: what was offered and accepted, as one dated version.

Dates are facility-local days; `end_date` is the last day, as recruiters say it. Wall-clock times are in the
facility's zone. Rates are dollars an hour, stipends dollars a week.
"""

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.periods import Period

Amount = Annotated[Decimal, Field(max_digits=14, decimal_places=4)]
"""Dollars, dollars an hour, or hours; bounded, since 1e999999 is a decimal too."""

LONGEST_DAYS = 731
YEARS = range(2000, 2100)


class Discipline(StrEnum):
    """What a clinician is licensed or certified to do."""

    RN = "RN"
    LPN = "LPN"
    CNA = "CNA"
    PT = "PT"
    OT = "OT"
    SLP = "SLP"
    RT = "RT"
    RAD_TECH = "RAD_TECH"
    SURG_TECH = "SURG_TECH"
    NP = "NP"
    PA = "PA"
    MD = "MD"


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class HousingMode(StrEnum):
    """Who houses the clinician."""

    STIPEND = "stipend"
    AGENCY_UNIT = "agency_unit"
    NOT_NEEDED = "not_needed"


class BonusKind(StrEnum):
    """What a bonus is paid for."""

    SIGN_ON = "sign_on"
    COMPLETION = "completion"
    EXTENSION = "extension"
    REFERRAL = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPattern:
    """A week's shifts: `shifts_per_week` of them from `starts_at` to `ends_at` (the next day's, if not later).

    `weekdays` are the agreed days; empty means the facility schedules them week by week.
    """

    shifts_per_week: int
    starts_at: time
    ends_at: time
    unpaid_meal_minutes: int = 30
    weekdays: tuple[Weekday, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bonus:
    """A taxable amount promised in dollars, and the day it falls due, if one was agreed."""

    kind: BonusKind
    amount: Amount
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reimbursement:
    """Costs repaid against receipts, up to `limit` dollars."""

    kind: str
    limit: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPackage:
    """What the clinician is paid.

    `hourly_rates`: taxable dollars an hour by pay code (REG, OT, DT, HOLIDAY, CALL, CALLBACK, ORIENT, CHARGE …).
    Stipends are tax-free only for a clinician who declared a tax home (IRC 162(a); Rev. Rul. 73-529).
    """

    hourly_rates: dict[str, Amount]
    lodging_per_week: Amount = Decimal(0)
    meals_per_week: Amount = Decimal(0)
    tax_home_declared: bool = False
    bonuses: tuple[Bonus, ...] = ()
    reimbursements: tuple[Reimbursement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Everything agreed about an assignment, as one of its versions 1, 2, 3 …

    Raises ValueError when it ends before it starts, lasts over two years, or lies outside this century.
    """

    version: int
    facility_id: str
    unit: str
    discipline: Discipline
    specialty: str
    start_date: date
    end_date: date
    shift_pattern: ShiftPattern
    guaranteed_hours_per_week: Amount
    pay_package: PayPackage
    bill_rates: dict[str, Amount] = field(default_factory=dict)
    housing_mode: HousingMode = HousingMode.NOT_NEEDED

    def __post_init__(self) -> None:
        if self.end_date < self.start_date:
            raise ValueError("terms end on or after their start")
        if self.start_date.year not in YEARS or (self.end_date - self.start_date).days >= LONGEST_DAYS:
            raise ValueError("terms lie in this century and run at most two years")

    @property
    def period(self) -> Period:
        """The days of the assignment, half-open."""
        return Period.through(self.start_date, self.end_date)
