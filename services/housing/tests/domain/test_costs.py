from datetime import date
from decimal import Decimal

import pytest

from housing.domain.case import Case
from housing.domain.changes import close
from housing.domain.commands import release
from housing.domain.costs import cost_change, weekly_costs
from services.housing.tests.builders import (
    TODAY,
    a_booked_case,
    a_case,
    a_held_case,
    adapted,
    an_end,
    some_pay,
    some_terms,
    stipend_terms,
)
from shared.contracts.assignments import State
from shared.contracts.housing import Bearer, HousingCostChanged
from shared.contracts.terms import HousingMode, PayPackage, Terms

NO_TAX_HOME = some_pay(tax_home_declared=False)


def _lodging(amount: str, *, tax_home: bool = True) -> PayPackage:
    return some_pay(lodging_per_week=Decimal(amount), tax_home_declared=tax_home)


def _shown(case: Case) -> list[str]:
    return [f"{cost.per_week} {cost.from_date} {cost.through_date} {cost.tax_treatment}" for cost in weekly_costs(case)]


_STIPEND, _UNIT, _NONE = HousingMode.STIPEND, HousingMode.AGENCY_UNIT, HousingMode.NOT_NEEDED


@pytest.mark.parametrize(
    ("case", "mode", "package", "expected"),
    [  # IRC 162(a)(2), 132(d); 26 CFR 1.61-21(a): tax-free only away from a tax home
        ("stipend with tax home", _STIPEND, _lodging("770"), ["770 2026-01-05 2026-04-05 not_wages"]),
        ("stipend without", _STIPEND, _lodging("770", tax_home=False), ["770 2026-01-05 2026-04-05 wages"]),
        ("stipend of nothing", _STIPEND, _lodging("0"), []),
        ("unit with tax home", _UNIT, some_pay(), ["420.00 2026-01-04 2026-04-05 not_wages"]),
        ("unit without", _UNIT, NO_TAX_HOME, ["420.00 2026-01-04 2026-04-05 wages"]),
        ("not needed", _NONE, _lodging("770"), []),
    ],
)
def test_what_the_agency_bears(case: str, mode: HousingMode, package: PayPackage, expected: list[str]) -> None:
    terms = some_terms(housing_mode=mode, pay_package=package)
    assert _shown(a_booked_case(terms) if mode is _UNIT else a_case(terms)) == expected


def test_a_unit_costs_nothing_before_it_is_booked() -> None:
    assert weekly_costs(a_held_case()) == ()


def test_a_stipend_raised_on_the_way_counts_from_the_day_it_holds() -> None:
    active = a_case(stipend_terms(), assignment_state=State.ACTIVE)
    raised = adapted(active, on=date(2026, 3, 1), pay_package=_lodging("800"))
    assert _shown(raised) == ["770.00 2026-01-05 2026-02-28 not_wages", "800 2026-03-01 2026-04-05 not_wages"]


def test_from_unit_to_stipend_on_the_way_both_count_for_their_days() -> None:
    active = a_booked_case(assignment_state=State.ACTIVE)
    moved = adapted(active, on=date(2026, 3, 1), housing_mode=_STIPEND, pay_package=_lodging("770"))
    assert _shown(moved) == ["420.00 2026-01-04 2026-02-28 not_wages", "770 2026-03-01 2026-04-05 not_wages"]
    assert str(moved.releases[0].at_stake) == "2160.00"  # 36 nights from 1 March at 60.00


def test_a_unit_left_on_the_way_costs_until_then() -> None:
    left = release(a_booked_case(assignment_state=State.ACTIVE), "unfit", today=date(2026, 2, 1))
    assert _shown(left) == ["420.00 2026-01-04 2026-01-31 not_wages"]


@pytest.mark.parametrize(
    ("case", "terms", "state", "ended_on", "expected"),
    [
        ("stipend fell off", stipend_terms(), State.FELL_OFF, "2025-12-20", []),
        (
            "stipend cut",
            stipend_terms(),
            State.TERMINATED,
            "2026-02-10",
            ["770.00 2026-01-05 2026-02-10 not_wages"],
        ),
        ("unit no-show", some_terms(), State.NO_SHOW, "2026-01-05", []),
        (
            "unit cut",
            some_terms(),
            State.TERMINATED,
            "2026-02-10",
            ["420.00 2026-01-04 2026-02-10 not_wages"],
        ),
    ],
)
def test_costs_end_with_the_assignment(
    case: str, terms: Terms, state: State, ended_on: str, expected: list[str]
) -> None:
    housed = a_booked_case(terms) if terms.housing_mode is _UNIT else a_case(terms)
    assert _shown(close(housed, an_end(state, date.fromisoformat(ended_on)))) == expected


def test_the_event_is_told_only_when_the_costs_differ() -> None:
    opened, held, booked = a_case(), a_held_case(), a_booked_case()
    assert cost_change(None, opened) is None
    assert cost_change(opened, held) is None
    assert cost_change(booked, adapted(booked, unit="MS")) is None
    [cost] = weekly_costs(booked)
    assert cost.bearer is Bearer.AGENCY
    assert cost_change(held, booked) == HousingCostChanged(
        case_id="cas_1", assignment_id="asg_1", terms_version=1, costs=(cost,)
    )
    told = cost_change(booked, release(booked, "unfit", today=TODAY))
    assert told is not None
    assert told.costs == ()
