"""States that withhold no income tax from wages, so that no state form is asked for."""

from dataclasses import dataclass
from datetime import date

from payroll.domain.errors import NoIncomeTaxListInForce
from payroll.domain.rulebook.in_force import in_force


@dataclass(frozen=True, slots=True, kw_only=True)
class NoIncomeTax:
    """The states without an income tax on wages, by pay date."""

    effective_from: date
    states: frozenset[str]
    source: str


NO_INCOME_TAX = (
    NoIncomeTax(
        effective_from=date(2025, 1, 1),
        states=frozenset("AK FL NV NH SD TN TX WA WY".split()),
        source="Nyaksik/us-payroll-tax-tables (CC BY 4.0), state revenue agencies; unchanged in 2026",
    ),
)


def withholds_income_tax(state: str, pay_date: date) -> bool:
    """Whether wages for work in this state bear state income tax on that pay date.

    Raises NoIncomeTaxListInForce before 2025.
    """
    row = in_force(NO_INCOME_TAX, pay_date)
    if row is None:
        raise NoIncomeTaxListInForce(on=pay_date)
    return state not in row.states
