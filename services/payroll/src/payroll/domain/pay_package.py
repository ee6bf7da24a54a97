"""What a person must repair or accept in a pay package, all of it at once."""

from collections.abc import Iterator
from datetime import date

from payroll.domain.package_amounts import amount_findings
from payroll.domain.package_rates import rate_findings
from payroll.domain.package_stipends import stipend_findings
from shared.contracts.terms import Terms
from shared.errors import Finding

BLOCKS_PAY = frozenset(
    {
        "negative_amount",
        "regular_rate_missing",
        "rate_below_minimum_wage",
        "overtime_rate_too_low",
        "unknown_pay_code",
        "lodging_paid_twice",
    }
)
"""Codes of findings under which paying would break a law or the books; only new terms lift them.

Every other finding can be accepted by a payroll specialist, with a note.
"""


def package_findings(terms: Terms, *, work_state: str, on: date) -> tuple[Finding, ...]:
    """Everything wrong or doubtful in the pay package from the day `on`, the first to which the terms apply.

    Pointers lead into the terms. The order is stable: amounts, rates, stipends; empty when all is sound.
    """
    return tuple(_all_findings(terms, work_state, on))


def blocks_pay(finding: Finding) -> bool:
    """Whether nobody in payroll can accept the finding."""
    return finding.code in BLOCKS_PAY


def _all_findings(terms: Terms, work_state: str, on: date) -> Iterator[Finding]:
    yield from amount_findings(terms)
    yield from rate_findings(terms, work_state=work_state, on=on)
    yield from stipend_findings(terms, work_state=work_state, on=on)
