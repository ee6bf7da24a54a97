"""Valid values of housing, each overridden by keyword."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from housing.domain.case import Case, open_case
from housing.domain.changes import adapt
from housing.domain.commands import book, choose_unit, record_agreement
from shared.contracts.assignments import Address, AssignmentEnded, FacilityChanged, OfferAccepted, State
from shared.contracts.terms import Discipline, HousingMode, PayPackage, ShiftPattern, Terms, Weekday

TODAY = date(2025, 12, 1)
NOON = datetime(2025, 12, 1, 18, tzinfo=UTC)
"""Noon of TODAY at the facility."""


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks in an agency's unit: 92 nights from 2026-01-04 to 2026-04-06."""
    valid: dict[str, Any] = {
        "version": 1,
        "facility_id": "fac_1",
        "unit": "ICU",
        "discipline": Discipline.RN,
        "specialty": "ICU",
        "start_date": date(2026, 1, 5),
        "end_date": date(2026, 4, 5),
        "shift_pattern": ShiftPattern(shifts_per_week=3, starts_at=time(7), ends_at=time(19, 30)),
        "guaranteed_hours_per_week": Decimal(36),
        "pay_package": some_pay(),
        "housing_mode": HousingMode.AGENCY_UNIT,
    }
    return Terms(**valid | overrides)


def some_pay(**overrides: Any) -> PayPackage:
    valid: dict[str, Any] = {"hourly_rates": {"REG": Decimal("38.00")}, "tax_home_declared": True}
    return PayPackage(**valid | overrides)


def stipend_terms(**overrides: Any) -> Terms:
    valid: dict[str, Any] = {
        "housing_mode": HousingMode.STIPEND,
        "pay_package": some_pay(lodging_per_week=Decimal("770.00")),
    }
    return some_terms(**valid | overrides)


def a_facility(**overrides: Any) -> FacilityChanged:
    valid: dict[str, Any] = {
        "facility_id": "fac_1",
        "client_id": "cli_1",
        "source": "demo",
        "source_reference": "F-1",
        "name": "Prairie Lake Hospital",
        "address": Address(street="1 Lake Road", city="Duluth", state="MN", zip="55802"),
        "time_zone": "America/Chicago",
        "units": ("ICU", "MS"),
        "workweek_starts": Weekday.SUN,
        "holiday_calendar": "us",
    }
    return FacilityChanged(**valid | overrides)


def an_offer(**overrides: Any) -> OfferAccepted:
    valid: dict[str, Any] = {
        "assignment_id": "asg_1",
        "source": "demo",
        "source_reference": "O-1",
        "clinician_id": "cln_1",
        "client_id": "cli_1",
        "terms": some_terms(),
    }
    return OfferAccepted(**valid | overrides)


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
