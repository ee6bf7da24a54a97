"""Findings about amounts: signs, bonuses, and guaranteed hours against the shifts that were agreed."""

from collections.abc import Iterator
from decimal import Decimal

from payroll.domain.pointers import found
from payroll.domain.weekly_pay import scheduled_hours
from shared.contracts.terms import Bonus, BonusKind, Terms
from shared.errors import Finding

Place = tuple[str | int, ...]


def amount_findings(terms: Terms) -> Iterator[Finding]:
    """Amounts below zero, bonuses without a sound due date, and a guarantee above the schedule."""
    for place, amount in _amounts(terms):
        if amount < 0:
            yield found("negative_amount", "An amount of a pay package is zero or more.", *place)
    for position, bonus in enumerate(terms.pay_package.bonuses):
        yield from _bonus_findings(bonus, position, terms)
    if terms.guaranteed_hours_per_week > scheduled_hours(terms.shift_pattern):
        yield found(
            "guarantee_above_schedule",
            "More hours are guaranteed than the shift pattern schedules.",
            "guaranteed_hours_per_week",
        )


def _amounts(terms: Terms) -> Iterator[tuple[Place, Decimal]]:
    package = terms.pay_package
    for code, rate in package.hourly_rates.items():
        yield ("pay_package", "hourly_rates", code), rate
    yield ("pay_package", "lodging_per_week"), package.lodging_per_week
    yield ("pay_package", "meals_per_week"), package.meals_per_week
    for position, bonus in enumerate(package.bonuses):
        yield ("pay_package", "bonuses", position, "amount"), bonus.amount
    for position, reimbursement in enumerate(package.reimbursements):
        yield ("pay_package", "reimbursements", position, "limit"), reimbursement.limit
    for code, rate in terms.bill_rates.items():
        yield ("bill_rates", code), rate
    yield ("guaranteed_hours_per_week",), terms.guaranteed_hours_per_week


def _bonus_findings(bonus: Bonus, position: int, terms: Terms) -> Iterator[Finding]:
    place = ("pay_package", "bonuses", position, "due_on")
    if bonus.due_on is None:
        yield found("bonus_without_due_date", "The bonus has no day on which it falls due.", *place)
    elif bonus.kind is BonusKind.COMPLETION and bonus.due_on < terms.end_date:
        yield found(
            "completion_bonus_before_end",
            "The completion bonus falls due before the assignment ends.",
            *place,
        )
