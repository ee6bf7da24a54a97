"""Values for tests, valid by default: an ICU nurse in Denver, thirteen weeks, everything she needs."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from credentialing.domain.file import Basis, File, open_file
from credentialing.domain.held import Held, HeldStatus, Received
from credentialing.domain.requirement import Requirement
from credentialing.domain.resolution import Posting, resolve
from shared.contracts.assignments import Address, FacilityChanged, OfferAccepted
from shared.contracts.terms import ShiftPattern, Terms
from shared.testing import agreed

TODAY = date(2026, 11, 9)
START = date(2026, 11, 30)
END = date(2027, 2, 27)
NOW = datetime(2026, 11, 9, 18, 0, tzinfo=UTC)
CLINICIAN = "cln_ana"
ASSIGNMENT = "asg_1"


def ids() -> Callable[[str], str]:
    """A source of ids that sort by the order in which they were made."""
    numbers = count(1)
    return lambda prefix: f"{prefix}_{next(numbers):04}"


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks of nights in an ICU from 30 November 2026."""
    valid: dict[str, Any] = {
        "facility_id": "fac_mesa",
        "start_date": START,
        "end_date": END,
        "shift_pattern": ShiftPattern(shifts_per_week=3, starts_at=time(19), ends_at=time(7, 30)),
        "bill_rates": {"REG": Decimal("92.50")},
    }
    return agreed.some_terms(**valid | overrides)


def some_facility(**overrides: Any) -> FacilityChanged:
    """A hospital in Denver."""
    state = overrides.pop("state", "CO")
    valid: dict[str, Any] = {
        "facility_id": "fac_mesa",
        "name": "Mesa General",
        "address": Address(street="1 Main St", city="Denver", state=state, zip="80202"),
        "time_zone": "America/Denver",
        "units": ("ICU", "TELE"),
        "holiday_calendar": "federal",
    }
    return agreed.a_facility(**valid | overrides)


def some_offer(**overrides: Any) -> OfferAccepted:
    """The accepted offer of `some_terms`."""
    valid: dict[str, Any] = {"source": "recruiting", "clinician_id": CLINICIAN, "terms": some_terms()}
    return agreed.an_offer(**valid | overrides)


def some_requirements(terms: Terms | None = None, state: str = "CO") -> tuple[Requirement, ...]:
    """What the built-in rules ask for terms."""
    terms = terms or some_terms()
    return resolve(Posting.of(terms, state=state, assignment_id=ASSIGNMENT), terms.start_date)


def some_held(requirement: Requirement, **overrides: Any) -> Held:
    """A verified credential for a requirement, ten days old, printed to last a year past the assignment."""
    held = Held(
        credential_id=f"crd_0_{requirement.code}",
        clinician_id=CLINICIAN,
        code=requirement.code,
        subject=requirement.subject,
        issued_on=TODAY - timedelta(days=5),
        received_on=TODAY - timedelta(days=4),
        status=HeldStatus.VERIFIED,
        expires_on=date(2028, 2, 29) if requirement.validity.printed_expiry else None,
        verified_on=TODAY - timedelta(days=3),
        verified_by="per_specialist",
        source="primary source",
        issuer_among=requirement.issuers or (),
        panel=requirement.panel,
        lookback_years=requirement.lookback_years,
    )
    return replace(held, **overrides)


def came_in(credential_id: str = "crd_0001") -> Received:
    """A coordinator recorded it today."""
    return Received(on=TODAY, by="per_coordinator", credential_id=credential_id)


def held_for(terms: Terms | None = None, *, state: str = "CO", but: Sequence[str] = ()) -> tuple[Held, ...]:
    """Everything the rules ask for terms, verified, without the codes in `but`."""
    return tuple(some_held(one) for one in some_requirements(terms, state) if one.code not in but)


def some_file(held: Sequence[Held] = (), **offer: Any) -> File:
    """The file opened on 9 November 2026 for `some_offer`."""
    return open_file(some_offer(**offer), some_facility(), basis=Basis(held=held, today=TODAY), new_id=ids())
