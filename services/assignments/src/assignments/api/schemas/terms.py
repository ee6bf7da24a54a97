"""The terms as they are shown: what is paid and billed only to roles that see money."""

from datetime import date
from typing import Annotated

from shared.contracts.terms import Amount, Discipline, HousingMode, PayPackage, ShiftPattern
from shared.http.bodies import ResponseBody
from shared.http.masking import MONEY


class TermsOut(ResponseBody):
    """One version of the terms; pay package and bill rates are null for who is not shown money."""

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
    bill_rates: Annotated[dict[str, Amount] | None, MONEY]
    housing_mode: HousingMode
