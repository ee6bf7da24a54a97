"""Events of the housing service: who bears what housing costs."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from shared.contracts.event import Event, event


class Bearer(StrEnum):
    """Who bears a cost."""

    AGENCY = "agency"
    CLINICIAN = "clinician"
    CLIENT = "client"


class TaxTreatment(StrEnum):
    """Whether what the agency bears is wages of the clinician."""

    NOT_WAGES = "not_wages"
    WAGES = "wages"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyCost:
    """What one party bears, in dollars a week, from a day on."""

    bearer: Bearer
    per_week: Decimal
    from_date: date
    through_date: date
    tax_treatment: TaxTreatment


@event("housing.cost_changed")
class HousingCostChanged(Event):
    """All weekly housing costs of an assignment, as they now stand."""

    case_id: str
    assignment_id: str
    terms_version: int
    costs: tuple[WeeklyCost, ...]
