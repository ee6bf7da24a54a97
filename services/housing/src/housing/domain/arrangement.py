"""What was arranged for the nights: the clinician's own housing, a unit of the agency, what was given up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shared.money import Money
from shared.periods import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnHousing:
    """The clinician has an address of their own for these nights: only its ZIP code, never the street."""

    zip: str
    nights: Period
    confirmed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """Money is committed for these nights under the landlord's or hotel's reference."""

    reference: str
    nights: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of the agency, chosen for these nights at a rent in dollars a week; paid once booked."""

    reference: str
    name: str
    rent_per_week: Decimal
    nights: Period
    booking: Booking | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A unit, or some nights of it, given up. `owed` is None until somebody checked what it still costs."""

    unit: Unit
    reason: str
    released_on: date
    owed: Money | None = None

    @property
    def is_unchecked(self) -> bool:
        """Whether money was committed and nobody has said yet what of it is lost."""
        return self.unit.booking is not None and self.owed is None

    @property
    def at_stake(self) -> Money:
        """The rent of the booked nights still ahead: the most that notice can cost. Zero for a mere hold."""
        if self.unit.booking is None:
            return Money(0)
        nights = self.unit.booking.nights
        ahead = (nights.end - max(nights.start, self.released_on)).days
        return Money.rounded(self.unit.rent_per_week * max(ahead, 0) / 7)
