"""An offer as somebody wrote it: anything may be missing or wrong, so that all faults can be told at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from assignments.domain.course import Offer
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


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftDraft:
    """A shift pattern as written."""

    shifts_per_week: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    unpaid_meal_minutes: int | None = 30
    weekdays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusDraft:
    """A bonus as written."""

    kind: str | None = None
    amount: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReimbursementDraft:
    """A reimbursement as written."""

    kind: str | None = None
    limit: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayDraft:
    """A pay package as written."""

    hourly_rates: Mapping[str, Decimal] = field(default_factory=dict)
    lodging_per_week: Decimal | None = Decimal(0)
    meals_per_week: Decimal | None = Decimal(0)
    tax_home_declared: bool | None = False
    bonuses: tuple[BonusDraft, ...] = ()
    reimbursements: tuple[ReimbursementDraft, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferDraft:
    """The body of an offer, field by field; the names are those of the request.

    A clinician or facility is named by id, or by the source's own reference. `client_id` absent means the facility's
    client. `time_zone`, where given, must be the facility's. Wall-clock times and dates are local to it.
    """

    source: str | None = None
    source_reference: str | None = None
    clinician_id: str | None = None
    clinician_reference: str | None = None
    client_id: str | None = None
    facility_id: str | None = None
    facility_reference: str | None = None
    unit: str | None = None
    discipline: str | None = None
    specialty: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    time_zone: str | None = None
    shift_pattern: ShiftDraft | None = None
    guaranteed_hours_per_week: Decimal | None = None
    pay_package: PayDraft | None = None
    bill_rates: Mapping[str, Decimal] = field(default_factory=dict)
    housing_mode: str | None = HousingMode.NOT_NEEDED.value
    worker_type: str | None = "W2"


def draft_of(terms: Terms) -> OfferDraft:
    """Terms as a draft, so that changed terms pass the same checks as offered ones."""
    shift, pay = terms.shift_pattern, terms.pay_package
    return OfferDraft(
        facility_id=terms.facility_id,
        unit=terms.unit,
        discipline=terms.discipline.value,
        specialty=terms.specialty,
        start_date=terms.start_date,
        end_date=terms.end_date,
        shift_pattern=ShiftDraft(
            shifts_per_week=shift.shifts_per_week,
            starts_at=shift.starts_at,
            ends_at=shift.ends_at,
            unpaid_meal_minutes=shift.unpaid_meal_minutes,
            weekdays=tuple(day.value for day in shift.weekdays),
        ),
        guaranteed_hours_per_week=terms.guaranteed_hours_per_week,
        pay_package=PayDraft(
            hourly_rates=pay.hourly_rates,
            lodging_per_week=pay.lodging_per_week,
            meals_per_week=pay.meals_per_week,
            tax_home_declared=pay.tax_home_declared,
            bonuses=tuple(BonusDraft(kind=one.kind.value, amount=one.amount, due_on=one.due_on) for one in pay.bonuses),
            reimbursements=tuple(ReimbursementDraft(kind=one.kind, limit=one.limit) for one in pay.reimbursements),
        ),
        bill_rates=terms.bill_rates,
        housing_mode=terms.housing_mode.value,
    )


def offer_of(draft: OfferDraft, *, client_id: str) -> Offer:
    """The offer that a draft without findings states, as terms version 1; `client_id` is the one to bill.

    Clinician and facility have their ids by now.
    """
    assert draft.source and draft.source_reference and draft.clinician_id, "checked by offer_findings"
    return Offer(
        source=draft.source,
        source_reference=draft.source_reference,
        clinician_id=draft.clinician_id,
        client_id=client_id,
        terms=terms_of(draft),
    )


def terms_of(draft: OfferDraft) -> Terms:
    """The terms that a draft without findings states, as version 1."""
    assert draft.facility_id and draft.unit and draft.specialty, "checked by terms_findings"
    assert draft.start_date and draft.end_date and draft.pay_package, "checked by terms_findings"
    assert draft.guaranteed_hours_per_week is not None, "checked by terms_findings"
    return Terms(
        version=1,
        facility_id=draft.facility_id,
        unit=draft.unit,
        discipline=Discipline(draft.discipline or ""),
        specialty=draft.specialty,
        start_date=draft.start_date,
        end_date=draft.end_date,
        shift_pattern=_shift_of(draft.shift_pattern),
        guaranteed_hours_per_week=draft.guaranteed_hours_per_week,
        pay_package=_pay_of(draft.pay_package),
        bill_rates=dict(draft.bill_rates),
        housing_mode=HousingMode(draft.housing_mode or ""),
    )


def _shift_of(draft: ShiftDraft | None) -> ShiftPattern:
    assert draft and draft.shifts_per_week and draft.unpaid_meal_minutes is not None, "checked before"
    assert draft.starts_at is not None and draft.ends_at is not None, "checked before"
    return ShiftPattern(
        shifts_per_week=draft.shifts_per_week,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        unpaid_meal_minutes=draft.unpaid_meal_minutes,
        weekdays=tuple(Weekday(day) for day in draft.weekdays),
    )


def _pay_of(draft: PayDraft) -> PayPackage:
    return PayPackage(
        hourly_rates=dict(draft.hourly_rates),
        lodging_per_week=_given(draft.lodging_per_week),
        meals_per_week=_given(draft.meals_per_week),
        tax_home_declared=bool(draft.tax_home_declared),
        bonuses=tuple(
            Bonus(kind=BonusKind(one.kind or ""), amount=_given(one.amount), due_on=one.due_on) for one in draft.bonuses
        ),
        reimbursements=tuple(
            Reimbursement(kind=one.kind or "", limit=_given(one.limit)) for one in draft.reimbursements
        ),
    )


def _given(amount: Decimal | None) -> Decimal:
    assert amount is not None, "checked before"
    return amount
