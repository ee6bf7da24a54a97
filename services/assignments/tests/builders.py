"""Valid by default, overridden by keyword: the values that tests of assignments start from. All people are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from assignments.domain.agreement import sign_agreement
from assignments.domain.assignment import Agreement, Assignment, Changed, Signature, SignerRole
from assignments.domain.clearance import grant_clearance
from assignments.domain.course import Offer, accept, confirm, offer, start
from assignments.domain.directory import AddressDraft, ClientDraft, ClinicianDraft, FacilityDraft
from assignments.domain.offer_draft import OfferDraft, draft_of
from shared.contracts.assignments import Address, ClientChanged, ClinicianChanged, FacilityChanged, State
from shared.contracts.credentialing import ClearanceGranted
from shared.contracts.terms import PayPackage, ShiftPattern, Terms
from shared.contracts.workstreams import Status, WorkstreamChanged
from shared.testing import agreed

NOW = datetime(2026, 1, 5, 15, 0, tzinfo=UTC)
START, END = date(2026, 2, 2), date(2026, 5, 2)
VALID_THROUGH = date(2026, 12, 31)
HASH = "ab" * 32


def some_pay(**overrides: Any) -> PayPackage:
    """32.50 an hour and stipends for a clinician with a tax home."""
    values: dict[str, Any] = {
        "hourly_rates": {"REG": Decimal("32.50"), "OT": Decimal("48.75")},
        "lodging_per_week": Decimal("700.00"),
        "meals_per_week": Decimal("350.00"),
        "tax_home_declared": True,
    }
    return PayPackage(**{**values, **overrides})


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks of three nights in an ICU, 36 hours guaranteed."""
    valid: dict[str, Any] = {
        "unit": "ICU 4",
        "start_date": START,
        "end_date": END,
        "shift_pattern": ShiftPattern(shifts_per_week=3, starts_at=time(19, 0), ends_at=time(7, 30)),
        "pay_package": some_pay(),
        "bill_rates": {"REG": Decimal("81.00")},
    }
    return agreed.some_terms(**valid | overrides)


def a_facility(**overrides: Any) -> FacilityChanged:
    """A hospital in Texas with two units."""
    valid: dict[str, Any] = {
        "source": "ats",
        "name": "Pecan Valley Hospital",
        "address": Address(street="1 Main St", city="Austin", state="TX", zip="78701"),
        "units": ("ICU 4", "Step-down 2"),
        "holiday_calendar": "us_federal",
    }
    return agreed.a_facility(**valid | overrides)


def a_clinician(**overrides: Any) -> ClinicianChanged:
    """A nurse at home in Ohio."""
    valid: dict[str, Any] = {
        "source": "ats",
        "name": "Avery Quill",
        "email": "avery.quill@example.org",
        "phone": "+1 614 555 0100",
        "home": Address(street="2 Elm St", city="Columbus", state="OH", zip="43004"),
    }
    return agreed.a_clinician(**valid | overrides)


def a_client(**overrides: Any) -> ClientChanged:
    """The health system that is billed."""
    return agreed.a_client(**{"source": "ats", "name": "Pecan Health"} | overrides)


def a_draft(**overrides: Any) -> OfferDraft:
    """An offer without any fault."""
    identity = {"source": "ats", "source_reference": "O-1", "clinician_id": "cln_1"}
    return replace(draft_of(some_terms()), **{**identity, **overrides})


def a_clinician_draft(**overrides: Any) -> ClinicianDraft:
    """A clinician's entry without any fault."""
    values: dict[str, Any] = {
        "source": "ats",
        "source_reference": "C-1",
        "name": "Avery Quill",
        "email": "avery.quill@example.org",
        "phone": "+1 614 555 0100",
        "home": AddressDraft(street="2 Elm St", city="Columbus", state="OH", zip="43004"),
        "discipline": "RN",
        "specialties": ("ICU",),
        "npi": "1234567893",
    }
    return ClinicianDraft(**{**values, **overrides})


def a_facility_draft(**overrides: Any) -> FacilityDraft:
    """A facility's entry without any fault."""
    values: dict[str, Any] = {
        "source": "ats",
        "source_reference": "F-1",
        "client_id": "cli_1",
        "name": "Pecan Valley Hospital",
        "address": AddressDraft(street="1 Main St", city="Austin", state="TX", zip="78701"),
        "time_zone": "America/Chicago",
        "units": ("ICU 4", "Step-down 2"),
        "workweek_starts": "sun",
        "holiday_calendar": "us_federal",
    }
    return FacilityDraft(**{**values, **overrides})


def a_client_draft(**overrides: Any) -> ClientDraft:
    """A client's entry without any fault."""
    return ClientDraft(**{"source": "ats", "source_reference": "K-1", "name": "Pecan Health", **overrides})


def an_offer(**overrides: Any) -> Assignment:
    """An assignment that is still an open offer; overrides are of its terms."""
    made = Offer(
        source="ats",
        source_reference="O-1",
        clinician_id="cln_1",
        client_id="cli_1",
        terms=some_terms(**overrides),
    )
    return offer(made, assignment_id="asg_1", now=NOW)


def an_assignment(state: State = State.ACCEPTED, **overrides: Any) -> Assignment:
    """An assignment that came as far as this state by commands, accepted to active; overrides are of its terms."""
    way = (State.ACCEPTED, State.ONBOARDING, State.CLEARED, State.ACTIVE)
    steps = (accept, confirm, cleared, started)
    at = an_offer(**overrides)
    for move in steps[: way.index(state) + 1]:
        at = move(at).assignment
    assert at.state is state
    return at


def cleared(assignment: Assignment) -> Changed:
    """Credentialing grants clearance for the present terms."""
    return grant_clearance(assignment, granted(terms_version=assignment.terms.version))


def started(assignment: Assignment) -> Changed:
    """The first shift is worked on the first day."""
    first = assignment.terms.start_date
    return start(assignment, started_on=first, today=first)


def granted(**overrides: Any) -> ClearanceGranted:
    """Clearance for terms version 1 through the end of the year."""
    values: dict[str, Any] = {"assignment_id": "asg_1", "terms_version": 1, "valid_through": VALID_THROUGH}
    return ClearanceGranted(**{**values, **overrides})


def an_agreement(**overrides: Any) -> Agreement:
    """Signed by the clinician, about terms version 1."""
    signed = Signature(signer_id="cln_1", role=SignerRole.CLINICIAN, signed_at=NOW)
    values: dict[str, Any] = {"document_sha256": HASH, "terms_version": 1, "signatures": (signed,)}
    return Agreement(**{**values, **overrides})


def signed(assignment: Assignment, **overrides: Any) -> Assignment:
    """The assignment with an agreement on file."""
    return sign_agreement(assignment, an_agreement(**overrides), now=NOW).assignment


def an_answer(status: Status = Status.OPEN, **overrides: Any) -> WorkstreamChanged:
    """One department's standing, for terms version 1."""
    values: dict[str, Any] = {"assignment_id": "asg_1", "terms_version": 1, "done": 0, "total": 3}
    return WorkstreamChanged(**{**values, "status": status, **overrides})
