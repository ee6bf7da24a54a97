"""What one ordinary week of an assignment pays."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from shared.contracts.terms import PayPackage, ShiftPattern, Terms
from shared.money import Money

_MINUTES_PER_DAY = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyPay:
    """Straight time for `hours` and the stipends of a full week, before overtime premiums and bonuses."""

    hours: Decimal
    taxable: Money
    untaxed_stipends: Money

    @property
    def total(self) -> Money:
        """What the clinician earns in such a week."""
        return self.taxable + self.untaxed_stipends


def weekly_pay(terms: Terms) -> WeeklyPay:
    """The pay of a week of the guaranteed hours, or of the scheduled ones when none are guaranteed.

    Stipends are taxable without a declared tax home. Rounding: the taxable sum and the untaxed sum, each
    once, to the cent, half up. A package without a REG rate pays no straight time.
    """
    package = terms.pay_package
    hours = terms.guaranteed_hours_per_week or scheduled_hours(terms.shift_pattern)
    stipends = package.lodging_per_week + package.meals_per_week
    wages = package.hourly_rates.get("REG", Decimal(0)) * hours
    taxed_stipends = Decimal(0) if package.tax_home_declared else stipends
    return WeeklyPay(
        hours=hours,
        taxable=Money.rounded(wages + taxed_stipends),
        untaxed_stipends=Money.rounded(stipends - taxed_stipends),
    )


def has_stipends(package: PayPackage) -> bool:
    """Whether the package pays a lodging or meals stipend."""
    return package.lodging_per_week > 0 or package.meals_per_week > 0


def scheduled_hours(pattern: ShiftPattern) -> Decimal:
    """Paid hours of a week by the shift pattern, on the wall clock: shifts less their unpaid meals."""
    shift = (_minutes(pattern.ends_at) - _minutes(pattern.starts_at)) % _MINUTES_PER_DAY or _MINUTES_PER_DAY
    return Decimal(pattern.shifts_per_week * (shift - pattern.unpaid_meal_minutes)) / 60


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
