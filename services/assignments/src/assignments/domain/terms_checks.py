"""Faults in terms, as they are offered and whenever they change: all of them at once, by JSON pointer.

A field that is missing is `required`. Where a door has already said what is wrong with a field (it could not
be read at all), `beside` drops the finding here at the same pointer.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assignments.domain.offer_draft import OfferDraft, PayDraft, ShiftDraft
from shared.contracts.assignments import FacilityChanged
from shared.contracts.terms import LONGEST_DAYS, YEARS, BonusKind, Discipline, HousingMode, Weekday
from shared.errors import Finding
from shared.hours import Hours

ANY_DAY = date(2026, 1, 1)
DAYS_OF_A_WEEK = 7
REQUIRED_TERMS = (
    "unit",
    "discipline",
    "specialty",
    "start_date",
    "end_date",
    "shift_pattern",
    "guaranteed_hours_per_week",
    "pay_package",
    "housing_mode",
)


def terms_findings(draft: OfferDraft, *, facility: FacilityChanged | None) -> tuple[Finding, ...]:
    """Every fault of the terms in a draft; empty when they can become an assignment."""
    return (
        *named(draft, "facility", is_known=facility is not None),
        *missing(draft, REQUIRED_TERMS),
        *_place(draft, facility),
        *_one_of(draft.discipline, Discipline, "/discipline"),
        *_one_of(draft.housing_mode, HousingMode, "/housing_mode"),
        *period_findings(draft.start_date, draft.end_date),
        *_shift(draft.shift_pattern),
        *_guarantee(draft),
        *_pay(draft.pay_package),
        *_rates(draft.bill_rates, "/bill_rates"),
    )


def missing(draft: object, names: Iterable[str], *, under: str = "") -> Iterator[Finding]:
    """A finding for each named field that is absent or blank."""
    for name in names:
        value = getattr(draft, name)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield finding(f"{under}/{name}", "required", message="This must be given.")


def period_findings(start: date | None, end: date | None) -> Iterator[Finding]:
    """Faults of the first and the last day: the bounds of Terms, told before they are made."""
    if start and start.year not in YEARS:
        yield finding("/start_date", "out_of_range", message="Give a day of this century.")
    if start and end and end < start:
        yield finding("/end_date", "end_before_start", message="The last day is the first day or later.")
    elif start and end and (end - start).days >= LONGEST_DAYS:
        yield finding("/end_date", "too_long", message="An assignment runs at most two years.")


def named(draft: object, what: str, *, is_known: bool) -> Iterator[Finding]:
    """Faults in naming a directory entry, `{what}_id` or `{what}_reference`: neither, both, or one that is unknown."""
    by_id, reference = getattr(draft, f"{what}_id"), getattr(draft, f"{what}_reference")
    if by_id and reference:
        yield finding(f"/{what}_reference", "named_twice", message="Name it by id or by reference, not by both.")
    elif not by_id and not reference:
        yield finding(f"/{what}_id", "required", message="Name it by id, or by your own reference.")
    elif not is_known:
        pointer = f"/{what}_id" if by_id else f"/{what}_reference"
        yield finding(pointer, f"unknown_{what}", message=f"There is no such {what}; register it first.")


def beside(read: Iterable[Finding], judged: Iterable[Finding]) -> tuple[Finding, ...]:
    """What could not be read, then what rules found in the rest: nothing at, or under, a pointer that was named.

    An entry is named by id or by reference, so a fault in one of the two names stands for both.
    """
    read = tuple(read)
    pointers = {one.pointer for one in read}
    pointers |= {f"{pointer.removesuffix('_reference')}_id" for pointer in pointers if pointer.endswith("_reference")}
    news = (one for one in judged if not any(f"{one.pointer}/".startswith(f"{pointer}/") for pointer in pointers))
    return (*read, *news)


def finding(pointer: str, code: str, *, message: str) -> Finding:
    """The finding in one line."""
    return Finding(pointer=pointer, code=code, message=message)


def is_time_zone(name: str) -> bool:
    """Whether this is the name of an IANA time zone, written as IANA does."""
    try:
        return ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def scheduled_hours(shift: ShiftDraft) -> Hours | None:
    """The paid hours of a full week: shifts times their length on the clock without the unpaid meal.

    An end at or before the start is on the next day. None while a part is missing.
    """
    length = _paid_length(shift)
    if length is None or shift.shifts_per_week is None:
        return None
    return Hours(length.minutes * shift.shifts_per_week)


def _paid_length(shift: ShiftDraft) -> Hours | None:
    if shift.starts_at is None or shift.ends_at is None or shift.unpaid_meal_minutes is None:
        return None
    wall = timezone(timedelta())
    begin = datetime.combine(ANY_DAY, shift.starts_at.replace(tzinfo=None), tzinfo=wall)
    finish = datetime.combine(ANY_DAY, shift.ends_at.replace(tzinfo=None), tzinfo=wall)
    if finish <= begin:
        finish += timedelta(days=1)
    return Hours((finish - begin) // timedelta(minutes=1) - shift.unpaid_meal_minutes)


def _place(draft: OfferDraft, facility: FacilityChanged | None) -> Iterator[Finding]:
    zone = draft.time_zone
    if zone is not None and not is_time_zone(zone):
        yield finding("/time_zone", "unknown_time_zone", message="Give an IANA time zone such as America/Chicago.")
    elif zone is not None and facility is not None and zone != facility.time_zone:
        message = f"The facility lies in {facility.time_zone}; give that zone or leave it out."
        yield finding("/time_zone", "wrong_time_zone", message=message)
    if facility and draft.unit and draft.unit not in facility.units:
        message = f"The facility has no such unit; it has {', '.join(facility.units)}."
        yield finding("/unit", "unknown_unit", message=message)


def _one_of(value: str | None, allowed: type[StrEnum], pointer: str) -> Iterator[Finding]:
    if value and value not in set(allowed):
        yield finding(pointer, "unknown_value", message=f"Give one of {', '.join(allowed)}.")


def _shift(shift: ShiftDraft | None) -> Iterator[Finding]:
    if shift is None:
        return
    at = "/shift_pattern"
    yield from missing(shift, ("shifts_per_week", "starts_at", "ends_at", "unpaid_meal_minutes"), under=at)
    shifts, meal, length = shift.shifts_per_week, shift.unpaid_meal_minutes, _paid_length(shift)
    if shifts is not None and not 1 <= shifts <= DAYS_OF_A_WEEK:
        yield finding(f"{at}/shifts_per_week", "out_of_range", message="A week has one to seven shifts.")
    if meal is not None and meal < 0:
        yield finding(f"{at}/unpaid_meal_minutes", "out_of_range", message="A meal lasts zero minutes or more.")
    elif length is not None and length.minutes <= 0:
        yield finding(
            f"{at}/unpaid_meal_minutes", "no_paid_time", message="The unpaid meal leaves nothing of the shift."
        )
    yield from _weekdays(shift)


def _weekdays(shift: ShiftDraft) -> Iterator[Finding]:
    at = "/shift_pattern/weekdays"
    for place, day in enumerate(shift.weekdays):
        yield from _one_of(day or "?", Weekday, f"{at}/{place}")
    if len(set(shift.weekdays)) != len(shift.weekdays):
        yield finding(at, "weekday_twice", message="Name each weekday once.")
    if shift.weekdays and shift.shifts_per_week not in (None, len(shift.weekdays)):
        message = "Name as many weekdays as there are shifts, or none when the facility schedules them."
        yield finding(at, "weekdays_do_not_match_shifts", message=message)


def _guarantee(draft: OfferDraft) -> Iterator[Finding]:
    at, hours = "/guaranteed_hours_per_week", draft.guaranteed_hours_per_week
    if hours is None:
        return
    planned = scheduled_hours(draft.shift_pattern) if draft.shift_pattern else None
    if not hours.is_finite() or hours < 0:
        yield finding(at, "negative_amount", message="Give zero or more hours.")
    elif planned is not None and hours * 60 > max(planned.minutes, 0):
        message = "More is guaranteed than the shifts of a week hold; correct the one or the other."
        yield finding(at, "guarantee_over_schedule", message=message)


def _pay(pay: PayDraft | None) -> Iterator[Finding]:
    if pay is None:
        return
    at = "/pay_package"
    yield from _rates(pay.hourly_rates, f"{at}/hourly_rates")
    if "REG" not in pay.hourly_rates:
        yield finding(f"{at}/hourly_rates/REG", "regular_rate_missing", message="Give the regular hourly rate.")
    yield from missing(pay, ("lodging_per_week", "meals_per_week", "tax_home_declared"), under=at)
    yield from _not_negative(pay.lodging_per_week, f"{at}/lodging_per_week")
    yield from _not_negative(pay.meals_per_week, f"{at}/meals_per_week")
    for place, bonus in enumerate(pay.bonuses):
        under = f"{at}/bonuses/{place}"
        yield from missing(bonus, ("kind", "amount"), under=under)
        yield from _one_of(bonus.kind, BonusKind, f"{under}/kind")
        yield from _positive(bonus.amount, f"{under}/amount")
    for place, repaid in enumerate(pay.reimbursements):
        under = f"{at}/reimbursements/{place}"
        yield from missing(repaid, ("kind", "limit"), under=under)
        yield from _not_negative(repaid.limit, f"{under}/limit")


def _rates(rates: Mapping[str, Decimal], at: str) -> Iterator[Finding]:
    for code, rate in rates.items():
        yield from _positive(rate, f"{at}/{code.replace('~', '~0').replace('/', '~1')}")


def _positive(amount: Decimal | None, pointer: str) -> Iterator[Finding]:
    if amount is not None and (not amount.is_finite() or amount <= 0):
        yield finding(pointer, "not_positive", message="Give an amount above zero.")


def _not_negative(amount: Decimal | None, pointer: str) -> Iterator[Finding]:
    if amount is not None and (not amount.is_finite() or amount < 0):
        yield finding(pointer, "negative_amount", message="Give zero or more.")
