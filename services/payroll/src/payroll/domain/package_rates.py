"""Findings about hourly rates: known codes, the minimum wage, overtime, and a bill rate for what is paid."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from payroll.domain.errors import NoMinimumWageInForce
from payroll.domain.pay_codes import PAY_CODES, is_billed, is_worked
from payroll.domain.pointers import found
from payroll.domain.rulebook.minimum_wage import MinimumWage, federal_minimum_wage, minimum_wages_during
from shared.contracts.terms import Terms
from shared.errors import Finding
from shared.periods import Period

OVERTIME_MULTIPLE = Decimal("1.5")  # 29 U.S.C. 207(a)(1)

_RATES = ("pay_package", "hourly_rates")


def rate_findings(terms: Terms, *, work_state: str, on: date) -> Iterator[Finding]:
    """Findings about each rate; the minimum wage is checked for every work date from `on` to the end."""
    rates = terms.pay_package.hourly_rates
    if "REG" not in rates:
        yield found("regular_rate_missing", "The pay package names no rate for regular hours.", *_RATES, "REG")
    yield from _unknown_codes(terms)
    yield from _minimum_wage_findings(terms, work_state, on)
    regular, overtime = rates.get("REG"), rates.get("OT")
    if regular is not None and overtime is not None and overtime < OVERTIME_MULTIPLE * regular:
        yield found(
            "overtime_rate_too_low",
            "The overtime rate is below one and a half times the regular rate (29 U.S.C. 207).",
            *(*_RATES, "OT"),
        )
    for code in rates:
        if is_billed(code) and code not in terms.bill_rates:
            yield found("bill_rate_missing", f"{code} is paid, but no bill rate is agreed.", "bill_rates", code)


def _unknown_codes(terms: Terms) -> Iterator[Finding]:
    known = ", ".join(PAY_CODES)
    for place, codes in ((_RATES, terms.pay_package.hourly_rates), (("bill_rates",), terms.bill_rates)):
        for code in codes:
            if code not in PAY_CODES:
                yield found("unknown_pay_code", f"The pay code is none of {known}.", *place, code)


def _minimum_wage_findings(terms: Terms, work_state: str, on: date) -> Iterator[Finding]:
    try:
        wages = minimum_wages_during(work_state, Period.through(on, max(on, terms.end_date)))
    except NoMinimumWageInForce:
        yield found(
            "minimum_wage_not_held",
            f"No minimum wage of {work_state} is held for these dates; only the federal one was checked.",
            *_RATES,
        )
        wages = (federal_minimum_wage(on),)
    for code, rate in terms.pay_package.hourly_rates.items():
        if is_worked(code):
            yield from _against_minimum_wage(code, rate, wages)


def _against_minimum_wage(code: str, rate: Decimal, wages: tuple[MinimumWage, ...]) -> Iterator[Finding]:
    """The first wage the rate falls short of; failing that, the first regional one to be checked."""
    for wage in wages:
        if rate < wage.rate:
            yield found(
                "rate_below_minimum_wage",
                f"The minimum wage is {wage.rate} an hour ({wage.state}, from {wage.effective_from}).",
                *(*_RATES, code),
            )
            return
    for wage in wages:
        if wage.highest_regional_rate is not None and rate < wage.highest_regional_rate:
            yield found(
                "check_regional_minimum_wage",
                f"Parts of {wage.state} have a minimum wage of up to {wage.highest_regional_rate} an hour.",
                *(*_RATES, code),
            )
            return
