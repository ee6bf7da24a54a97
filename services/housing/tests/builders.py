"""Valid values of housing, each overridden by keyword."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from housing.domain.case import Case, open_case
from housing.domain.changes import adapt
from housing.domain.commands import book, choose_unit, record_agreement
from shared.contracts.assignments import AssignmentEnded, OfferAccepted, State
from shared.contracts.terms import HousingMode, PayPackage, Terms
from shared.testing import agreed
from shared.testing.agreed import a_facility as a_facility

TODAY = date(2025, 12, 1)
NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
"""Noon of TODAY at the facility."""


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks in an agency's unit: 92 nights from 2026-01-04 to 2026-04-06."""
    valid: dict[str, Any] = {"pay_package": some_pay(), "housing_mode": HousingMode.AGENCY_UNIT}
    return agreed.some_terms(**valid | overrides)


def some_pay(**overrides: Any) -> PayPackage:
    """Of somebody with a tax home."""
    return agreed.some_pay(**{"tax_home_declared": True} | overrides)


def stipend_terms(**overrides: Any) -> Terms:
    valid: dict[str, Any] = {
        "housing_mode": HousingMode.STIPEND,
        "pay_package": some_pay(lodging_per_week=Decimal("770.00")),
    }
    return some_terms(**valid | overrides)


def an_offer(**overrides: Any) -> OfferAccepted:
    return agreed.an_offer(**{"terms": some_terms()} | overrides)


def new_ids() -> Callable[[str], str]:
    """Ids cas_1, cas_2 …"""
    made: list[str] = []

    def new_id(prefix: str) -> str:
        made.append(prefix)
        return f"{prefix}_{len(made)}"

    return new_id


def a_case(terms: Terms | None = None, **overrides: Any) -> Case:
    opened = open_case(
        an_offer(terms=terms or some_terms()),
        a_facility(),
        new_id=new_ids(),
        today=overrides.pop("today", TODAY),
    )
    return replace(opened, **overrides)


def a_held_case(terms: Terms | None = None, **overrides: Any) -> Case:
    """Confirmed and signed, with a unit chosen at 420.00 a week (60.00 a night)."""
    ready = record_agreement(a_case(terms, assignment_state=State.ONBOARDING), 1)
    held = choose_unit(ready, "unit-7", name="Harbor View 7", rent_per_week=Decimal("420.00"), today=TODAY)
    return replace(held, **overrides)


def a_booked_case(terms: Terms | None = None, **overrides: Any) -> Case:
    return replace(book(a_held_case(terms), "HV-100"), **overrides)


def adapted(case: Case, *, on: date = TODAY, **changes: Any) -> Case:
    """The case under its terms with these changes, as the next version, effective on the day it is known."""
    newer = replace(case.terms, version=case.terms.version + 1, **changes)
    facility = a_facility(facility_id=newer.facility_id)
    return adapt(case, newer, facility=facility, effective_on=on, today=on)


def an_end(state: State, on: date) -> AssignmentEnded:
    return AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=on, state=state)
