"""Who bears what for housing a week, and whether it is wages."""

from dataclasses import replace
from datetime import date, timedelta

from housing.domain.case import NEVER_MOVED_IN, Case
from housing.domain.rulebook.taxes import stipend_treatment, unit_treatment
from shared.contracts.housing import Bearer, HousingCostChanged, WeeklyCost
from shared.contracts.terms import HousingMode


def weekly_costs(case: Case) -> tuple[WeeklyCost, ...]:
    """All weekly housing costs as they now stand, in order of time; empty while the agency bears none.

    A stipend is promised by the terms and counts from the first working day through the last; a unit counts
    once it is booked, from the first night through the last, and is valued at its rent.
    """
    if case.assignment_state in NEVER_MOVED_IN:
        return ()
    return (*case.past_costs, *_running(case))


def cost_change(before: Case | None, after: Case) -> HousingCostChanged | None:
    """The event that tells the costs after a decision, when they differ from before it; None otherwise."""
    costs = weekly_costs(after)
    known = weekly_costs(before) if before is not None else ()
    if costs == known:
        return None
    return HousingCostChanged(
        case_id=after.case_id, assignment_id=after.assignment_id, terms_version=after.terms.version, costs=costs
    )


def settle(case: Case, day: date) -> Case:
    """Costs before this day stay as they are, whatever is arranged or promised from it on."""
    kept = tuple(
        replace(cost, through_date=min(cost.through_date, day - timedelta(days=1)))
        for cost in _running(case)
        if cost.from_date < day
    )
    return replace(case, past_costs=(*case.past_costs, *kept), costs_from=day) if kept else case


def _running(case: Case) -> tuple[WeeklyCost, ...]:
    cost = _stipend(case) if case.mode is HousingMode.STIPEND else _rent(case)
    if cost is None:
        return ()
    running = replace(cost, from_date=max(cost.from_date, case.costs_from))
    return (running,) if running.from_date <= running.through_date else ()


def _stipend(case: Case) -> WeeklyCost | None:
    package, first = case.terms.pay_package, case.terms.start_date
    if package.lodging_per_week <= 0:
        return None
    return WeeklyCost(
        bearer=Bearer.AGENCY,
        per_week=package.lodging_per_week,
        from_date=first,
        through_date=min(case.terms.end_date, case.ended_on or date.max),
        tax_treatment=stipend_treatment(first).of(tax_home_declared=package.tax_home_declared),
    )


def _rent(case: Case) -> WeeklyCost | None:
    if case.unit is None or case.unit.booking is None:
        return None
    nights, package = case.unit.booking.nights, case.terms.pay_package
    return WeeklyCost(
        bearer=Bearer.AGENCY,
        per_week=case.unit.rent_per_week,
        from_date=nights.start,
        through_date=nights.last,
        tax_treatment=unit_treatment(nights.start).of(tax_home_declared=package.tax_home_declared),
    )
