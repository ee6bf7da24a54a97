"""What the client confirmed, compared with the offer field by field (field facts C2).

"If it is not in the contract it does not exist": every difference must be settled before anybody moves.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from shared.contracts.terms import Discipline, ShiftPattern, Terms, Weekday
from shared.errors import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedShift:
    """The shift as the client states it; None where it says nothing."""

    shifts_per_week: int | None = None
    starts_at: time | None = None
    ends_at: time | None = None
    unpaid_meal_minutes: int | None = None
    weekdays: tuple[Weekday, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedTerms:
    """The client's side of the terms, which never names pay; None where it says nothing."""

    facility_id: str | None = None
    unit: str | None = None
    discipline: Discipline | None = None
    specialty: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    guaranteed_hours_per_week: Decimal | None = None
    shift_pattern: ConfirmedShift | None = None
    bill_rates: Mapping[str, Decimal] | None = None


PLAIN_FIELDS = (
    "facility_id",
    "unit",
    "discipline",
    "specialty",
    "start_date",
    "end_date",
    "guaranteed_hours_per_week",
)
SHIFT_FIELDS = ("shifts_per_week", "starts_at", "ends_at", "unpaid_meal_minutes", "weekdays")


def differences(terms: Terms, confirmed: ConfirmedTerms) -> tuple[Finding, ...]:
    """Everything the client said that is not what was offered; empty when it all matches.

    Shape: pointers into `/confirmed`. Bill rates are compared whole once the client states any: a code that
    only one side has is a difference. The order of weekdays is none.
    """
    found = [
        *_unlike(terms, confirmed, PLAIN_FIELDS),
        *(f"shift_pattern/{name}" for name in _unlike_shift(terms.shift_pattern, confirmed.shift_pattern)),
        *(f"bill_rates/{code}" for code in _unlike_rates(terms.bill_rates, confirmed.bill_rates)),
    ]
    return tuple(
        Finding(
            pointer=f"/confirmed/{place}",
            code="differs_from_offer",
            message="The client confirmed something else than was offered; settle it or change the terms.",
        )
        for place in found
    )


def _unlike(offered: object, stated: object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        said = getattr(stated, name)
        if said is not None and said != getattr(offered, name):
            yield name


def _unlike_shift(offered: ShiftPattern, stated: ConfirmedShift | None) -> Iterator[str]:
    if stated is None:
        return
    for name in _unlike(offered, stated, SHIFT_FIELDS):
        if name != "weekdays" or set(stated.weekdays or ()) != set(offered.weekdays):
            yield name


def _unlike_rates(offered: Mapping[str, Decimal], stated: Mapping[str, Decimal] | None) -> Iterator[str]:
    if stated is None:
        return
    for code in sorted(offered.keys() | stated.keys()):
        if offered.get(code) != stated.get(code):
            yield code
