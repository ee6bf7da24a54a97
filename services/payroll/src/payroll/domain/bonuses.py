"""The pay date that carries each promised bonus."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from payroll.domain.pay_period import PayCalendar
from shared.contracts.terms import Bonus, BonusKind, Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBonus:
    """A promised bonus in dollars; `pay_date` is none while nobody has said when it falls due."""

    kind: BonusKind
    amount: Decimal
    pay_date: date | None


def planned_bonuses(terms: Terms, calendar: PayCalendar) -> tuple[PlannedBonus, ...]:
    """Each bonus of the terms, in their order, with its pay date.

    A bonus is paid with the first pay run that is not before its due date, the first pay date, and for a
    completion bonus the last one: it is earned only by the end. Without a due date only the completion bonus
    has a pay date.
    """
    periods = calendar.pay_periods(terms.period)
    return tuple(
        PlannedBonus(
            kind=bonus.kind,
            amount=bonus.amount,
            pay_date=_pay_date(bonus, first=periods[0].pay_date, last=periods[-1].pay_date, calendar=calendar),
        )
        for bonus in terms.pay_package.bonuses
    )


def _pay_date(bonus: Bonus, *, first: date, last: date, calendar: PayCalendar) -> date | None:
    earliest = last if bonus.kind is BonusKind.COMPLETION else first
    if bonus.due_on is None:
        return last if bonus.kind is BonusKind.COMPLETION else None
    return calendar.pay_date_from(max(bonus.due_on, earliest))
