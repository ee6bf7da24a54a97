"""Findings about stipends: tax home, housing, and the federal per diem."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from payroll.domain.errors import NoPerDiemInForce
from payroll.domain.pointers import found
from payroll.domain.rulebook.per_diem import NIGHTS_PER_WEEK, OUTSIDE_CONTINENTAL, standard_per_diem
from payroll.domain.weekly_pay import has_stipends
from shared.contracts.terms import HousingMode, Terms
from shared.errors import Finding

_LODGING = ("pay_package", "lodging_per_week")
_MEALS = ("pay_package", "meals_per_week")


def stipend_findings(terms: Terms, *, work_state: str, on: date) -> Iterator[Finding]:
    """Stipends that are wages, that double a unit, or that are to be checked against the locality's rate."""
    yield from _tax_home_findings(terms)
    yield from _housing_findings(terms)
    package = terms.pay_package
    if package.lodging_per_week > 0 and package.meals_per_week <= 0:
        yield found(
            "lodging_without_meals",
            "No per diem is lodging only (Rev. Proc. 2019-48): pair it with meals, or collect receipts.",
            *_MEALS,
        )
    if package.tax_home_declared and has_stipends(package):
        yield from _per_diem_findings(terms, work_state, on)


def _tax_home_findings(terms: Terms) -> Iterator[Finding]:
    if terms.pay_package.tax_home_declared:
        return
    place = ("pay_package", "tax_home_declared")
    if has_stipends(terms.pay_package):
        yield found(
            "stipend_without_tax_home",
            "Without a declared tax home the stipends are wages (IRC 162(a); Rev. Rul. 73-529).",
            *place,
        )
    if terms.housing_mode is HousingMode.AGENCY_UNIT:
        yield found(
            "unit_without_tax_home",
            "Without a declared tax home the value of the agency's unit is wages.",
            *place,
        )


def _housing_findings(terms: Terms) -> Iterator[Finding]:
    lodging = terms.pay_package.lodging_per_week > 0
    if lodging and terms.housing_mode is HousingMode.AGENCY_UNIT:
        yield found(
            "lodging_paid_twice",
            "A lodging stipend is paid beside a unit that the agency provides.",
            *_LODGING,
        )
    if lodging and terms.housing_mode is HousingMode.NOT_NEEDED:
        yield found("lodging_not_needed", "A lodging stipend is paid although no housing is needed.", *_LODGING)
    if not lodging and terms.housing_mode is HousingMode.STIPEND:
        yield found("lodging_stipend_missing", "Housing is by stipend, but no lodging stipend is agreed.", *_LODGING)


def _per_diem_findings(terms: Terms, work_state: str, on: date) -> Iterator[Finding]:
    """Above the standard rate is only to be checked: the locality may have more."""
    if work_state in OUTSIDE_CONTINENTAL:
        yield found(
            "check_per_diem_of_locality",
            f"{work_state} has per diem rates of its own; check the stipends against the locality's.",
            "pay_package",
        )
        return
    try:
        standard = standard_per_diem(on)
    except NoPerDiemInForce:
        yield found("per_diem_not_held", "The rulebook holds no federal per diem for these dates.", "pay_package")
        return
    package = terms.pay_package
    for place, stipend, rate in (
        (_LODGING, package.lodging_per_week, standard.lodging),
        (_MEALS, package.meals_per_week, standard.meals),
    ):
        if stipend > rate * NIGHTS_PER_WEEK:
            yield _above_standard(place, rate * NIGHTS_PER_WEEK)


def _above_standard(place: tuple[str, str], week: Decimal) -> Finding:
    message = f"Above the standard per diem of {week} a week; check the locality's rate, beyond which it is wages."
    return found("check_per_diem_of_locality", message, *place)
