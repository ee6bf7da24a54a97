"""What could be read of a body, as the drafts that rules judge; a part that could not be read is missing in them."""

from typing import Any

from assignments.domain.directory import AddressDraft, ClientDraft, ClinicianDraft, FacilityDraft
from assignments.domain.offer_draft import BonusDraft, OfferDraft, PayDraft, ReimbursementDraft, ShiftDraft

_PLAIN = (
    "source",
    "source_reference",
    "clinician_id",
    "clinician_reference",
    "client_id",
    "facility_id",
    "facility_reference",
    "unit",
    "discipline",
    "specialty",
    "start_date",
    "end_date",
    "time_zone",
    "guaranteed_hours_per_week",
    "housing_mode",
    "worker_type",
)


def offer_draft(read: Any) -> OfferDraft:
    """What was read of an OfferIn."""
    return OfferDraft(
        **_fields(read, _PLAIN),
        shift_pattern=_shift(read.shift_pattern),
        pay_package=_pay(read.pay_package),
        bill_rates=_rates(read.bill_rates),
    )


def client_draft(read: Any, *, source: str, source_reference: str) -> ClientDraft:
    """What was read of a ClientIn, under its name at the source."""
    return ClientDraft(source=source, source_reference=source_reference, name=read.name)


def facility_draft(read: Any, *, source: str, source_reference: str) -> FacilityDraft:
    """What was read of a FacilityIn, under its name at the source."""
    names = (
        *("client_id", "client_reference", "name", "time_zone"),
        *("workweek_starts", "holiday_calendar", "orientation_days"),
    )
    return FacilityDraft(
        source=source,
        source_reference=source_reference,
        address=_address(read.address),
        units=_texts(read.units),
        **_fields(read, names),
    )


def clinician_draft(read: Any, *, source: str, source_reference: str) -> ClinicianDraft:
    """What was read of a ClinicianIn, under its name at the source."""
    return ClinicianDraft(
        source=source,
        source_reference=source_reference,
        home=_address(read.home),
        specialties=_texts(read.specialties),
        **_fields(read, ("name", "email", "phone", "discipline", "npi")),
    )


def _fields(read: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(read, name) for name in names}


def _address(read: Any) -> AddressDraft | None:
    return read and AddressDraft(**_fields(read, ("street", "city", "state", "zip")))


def _shift(read: Any) -> ShiftDraft | None:
    if read is None:
        return None
    names = ("shifts_per_week", "starts_at", "ends_at", "unpaid_meal_minutes")
    days = read.weekdays or ()
    return ShiftDraft(**_fields(read, names), weekdays=() if None in days else tuple(days))


def _pay(read: Any) -> PayDraft | None:
    if read is None:
        return None
    return PayDraft(
        hourly_rates=_rates(read.hourly_rates),
        bonuses=tuple(_one(one, BonusDraft, "kind", "amount", "due_on") for one in read.bonuses or ()),
        reimbursements=tuple(_one(one, ReimbursementDraft, "kind", "limit") for one in read.reimbursements or ()),
        **_fields(read, ("lodging_per_week", "meals_per_week", "tax_home_declared")),
    )


def _one(read: Any, draft: type[Any], *names: str) -> Any:
    return draft() if read is None else draft(**_fields(read, names))


def _rates(read: Any) -> dict[str, Any]:
    return {code: rate for code, rate in (read or {}).items() if rate is not None}


def _texts(read: Any) -> tuple[str, ...]:
    return tuple(text or "" for text in read or ())
