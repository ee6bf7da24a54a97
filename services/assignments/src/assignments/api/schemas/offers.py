"""An offer as it comes in."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from assignments.api.schemas.examples import OFFER, shown
from assignments.api.schemas.fields import Day, Rates, Reference, Source, WallClock, Words
from shared.contracts.terms import BonusKind, Discipline, HousingMode, Weekday
from shared.http.bodies import Amount, Id, RequestBody


class OfferState(StrEnum):
    """How far the offer is: the clinician took it, or it is still open."""

    ACCEPTED = "accepted"
    OFFERED = "offered"


class ShiftIn(RequestBody):
    """A week's shifts; an end at or before the start is on the next day. No weekdays: scheduled week by week."""

    shifts_per_week: int
    starts_at: WallClock
    ends_at: WallClock
    unpaid_meal_minutes: int = 30
    weekdays: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()


class BonusIn(RequestBody):
    """A taxable amount in dollars, and the day it falls due, if one was agreed."""

    kind: BonusKind
    amount: Amount
    due_on: Day | None = None


class ReimbursementIn(RequestBody):
    """Costs repaid against receipts, up to `limit` dollars."""

    kind: Words
    limit: Amount


class PayIn(RequestBody):
    """What the clinician is paid: taxable dollars an hour by pay code, tax-free dollars a week."""

    hourly_rates: Rates
    lodging_per_week: Amount = Decimal(0)
    meals_per_week: Amount = Decimal(0)
    tax_home_declared: bool = False
    bonuses: Annotated[tuple[BonusIn, ...], Field(max_length=20)] = ()
    reimbursements: Annotated[tuple[ReimbursementIn, ...], Field(max_length=20)] = ()


class OfferIn(RequestBody):
    """An offer. Clinician and facility are named by the source's own references, or by id; its client by id or not.

    Days and times are the facility's; `end_date` is the last day. `time_zone`, where given, must be the facility's.
    """

    model_config = shown(OFFER)

    source: Source
    source_reference: Reference
    state: OfferState = OfferState.ACCEPTED
    clinician_id: Id | None = None
    clinician_reference: Reference | None = None
    client_id: Id | None = None
    facility_id: Id | None = None
    facility_reference: Reference | None = None
    unit: Words
    discipline: Discipline
    specialty: Words
    start_date: Day
    end_date: Day
    time_zone: Annotated[str, Field(max_length=60)] | None = None
    shift_pattern: ShiftIn
    guaranteed_hours_per_week: Amount
    pay_package: PayIn
    bill_rates: Rates = Field(default_factory=dict)
    housing_mode: HousingMode = HousingMode.NOT_NEEDED
    worker_type: Annotated[str, Field(max_length=40)] = "W2"
