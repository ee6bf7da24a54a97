"""Valid values for tests, each field open to override."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from payroll.domain.commands import record_piece
from payroll.domain.onboarding import Receipt
from payroll.domain.pay_period import AGENCY_CALENDAR
from payroll.domain.profile import PayFacts, Profile, open_profile
from shared.contracts.assignments import Address, AssignmentEnded, FacilityChanged, OfferAccepted, State
from shared.contracts.terms import HousingMode, PayPackage, ShiftPattern, Terms
from shared.errors import Finding
from shared.testing import agreed

MONDAY_START = date(2026, 2, 2)
SATURDAY_END = date(2026, 5, 2)
TODAY = date(2026, 1, 12)


def some_package(**overrides: Any) -> PayPackage:
    """36 hours at 24.00 and 1,120.00 of stipends under a declared tax home (field facts, section 0)."""
    fields: dict[str, Any] = {
        "hourly_rates": {"REG": Decimal("24.00"), "OT": Decimal("36.00")},
        "lodging_per_week": Decimal("700.00"),
        "meals_per_week": Decimal("420.00"),
        "tax_home_declared": True,
    }
    return PayPackage(**(fields | overrides))


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks of three twelve-hour nights, paid in thirteen weeks from Sunday to Saturday."""
    valid: dict[str, Any] = {
        "start_date": MONDAY_START,
        "end_date": SATURDAY_END,
        "shift_pattern": ShiftPattern(shifts_per_week=3, starts_at=time(19), ends_at=time(7, 30)),
        "pay_package": some_package(),
        "bill_rates": {"REG": Decimal("92.00"), "OT": Decimal("138.00")},
        "housing_mode": HousingMode.STIPEND,
    }
    return agreed.some_terms(**valid | overrides)


def terms_paying(**package: Any) -> Terms:
    """Some terms with another pay package."""
    return some_terms(pay_package=some_package(**package))


def an_offer(terms: Terms | None = None, **overrides: Any) -> OfferAccepted:
    """An accepted offer."""
    return agreed.an_offer(**{"terms": terms or some_terms()} | overrides)


def some_facility(state: str = "AZ", **overrides: Any) -> FacilityChanged:
    """A hospital, in Arizona unless said otherwise."""
    valid: dict[str, Any] = {
        "name": "Saguaro General",
        "address": Address(street="1 Main St", city="Springfield", state=state, zip="85001"),
        "time_zone": "America/Phoenix",
    }
    return agreed.a_facility(**valid | overrides)


def some_facts(**overrides: Any) -> PayFacts:
    """Work in Arizona under the default calendar, with nothing held."""
    fields: dict[str, Any] = {"work_state": "AZ", "calendar": AGENCY_CALENDAR}
    return PayFacts(**(fields | overrides))


def receipts(*keys: str) -> tuple[Receipt, ...]:
    """That the clinician gave these pieces on 3 March 2025."""
    return tuple(Receipt(key=key, received_on=date(2025, 3, 3)) for key in keys)


def a_profile(terms: Terms | None = None, **facts: Any) -> Profile:
    """A profile opened on 12 January 2026."""
    return open_profile(an_offer(terms), some_facts(**facts), new_id=lambda prefix: f"{prefix}_1", today=TODAY)


def an_active_profile(terms: Terms | None = None, **facts: Any) -> Profile:
    """A profile of an assignment that has begun."""
    return replace(a_profile(terms, **facts), assignment_state=State.ACTIVE)


def with_all_pieces(profile: Profile) -> Profile:
    """The profile after every missing piece came in."""
    for needed in profile.missing:
        profile = record_piece(profile, needed.key, received_on=TODAY, today=TODAY)
    return profile


def an_end(state: State, ended_on: date = SATURDAY_END) -> AssignmentEnded:
    """The end of the assignment."""
    return AssignmentEnded(assignment_id="asg_1", terms_version=1, ended_on=ended_on, state=state)


def noon(day: date) -> datetime:
    """Midday of the employer's default zone in winter."""
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Each finding as its code and its pointer."""
    return [(finding.code, finding.pointer) for finding in findings]
