"""The terms as they are shown: what is paid and billed only to roles that see money."""

from datetime import date
from typing import Annotated

from shared.contracts.terms import Amount, Discipline, HousingMode, PayPackage, ShiftPattern
from shared.http.bodies import ResponseBody
from shared.http.masking import COMMERCIAL, MONEY


class TermsOut(ResponseBody):
    """One version of the terms; what is paid and what is billed is null for who is not shown it."""

    version: int
    facility_id: str
    unit: str
    discipline: Discipline
    specialty: str
    start_date: date
    end_date: date
    shift_pattern: ShiftPattern
    guaranteed_hours_per_week: Amount
    pay_package: Annotated[PayPackage | None, MONEY]
    bill_rates: Annotated[dict[str, Amount] | None, COMMERCIAL]
    housing_mode: HousingMode
