"""Events that the portal hears, valid by default, each overridden by keyword."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from shared.contracts.assignments import (
    AssignmentChanged,
    OfferAccepted,
    State,
    Why,
)
from shared.contracts.identity import PersonChanged
from shared.contracts.payroll import PayCorrected, PayIssued
from shared.contracts.terms import HousingMode, Terms
from shared.contracts.workstreams import (
    Action,
    Blocker,
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.testing import agreed
from shared.testing.agreed import a_client as a_client
from shared.testing.agreed import a_clinician as a_clinician
from shared.testing.agreed import a_facility as a_facility

TODAY = date(2025, 12, 1)
DUE = datetime(2025, 12, 12, 23, tzinfo=UTC)
"""Friday, 12 December, 17:00 in Chicago."""


def some_terms(**overrides: Any) -> Terms:
    """Thirteen weeks from Monday, 5 January 2026; a week bills 36 × 92.00 = 3,312.00."""
    valid: dict[str, Any] = {
        "pay_package": agreed.some_pay(tax_home_declared=True),
        "bill_rates": {"REG": Decimal("92.00")},
        "housing_mode": HousingMode.STIPEND,
    }
    return agreed.some_terms(**valid | overrides)


def an_offer(**overrides: Any) -> OfferAccepted:
    return agreed.an_offer(**{"terms": some_terms()} | overrides)


def a_change(terms: Terms | None = None, **overrides: Any) -> AssignmentChanged:
    """The start pushed by a week, as the client's wish."""
    pushed = replace(some_terms(), version=2, start_date=date(2026, 1, 12), end_date=date(2026, 4, 12))
    valid: dict[str, Any] = {
        "assignment_id": "asg_1",
        "clinician_id": "cln_1",
        "terms": terms or pushed,
        "changed": ("start_date", "end_date"),
        "effective_on": TODAY,
        "why": Why.START_PUSHED,
        "state": State.ONBOARDING,
    }
    return AssignmentChanged(**valid | overrides)


def a_person(**overrides: Any) -> PersonChanged:
    valid: dict[str, Any] = {
        "person_id": "per_1",
        "name": "Tomas Okafor-Lind",
        "email": "tomas.okafor-lind@example.com",
        "roles": ("coordinator",),
        "is_active": True,
        "time_zone": "America/Chicago",
    }
    return PersonChanged(**valid | overrides)


def a_workstream(**overrides: Any) -> WorkstreamChanged:
    valid: dict[str, Any] = {
        "assignment_id": "asg_1",
        "terms_version": 1,
        "status": Status.OPEN,
        "done": 1,
        "total": 3,
        "expected_ready_on": date(2025, 12, 20),
    }
    return WorkstreamChanged(**valid | overrides)


def a_blocker(work_item_id: str | None = "wki_1", **overrides: Any) -> Blocker:
    valid: dict[str, Any] = {
        "code": "license_not_verified",
        "owner": "credentialing_specialist",
        "since": datetime(2025, 12, 1, 15, tzinfo=UTC),
        "due": date(2025, 12, 12),
        "work_item_id": work_item_id,
    }
    return Blocker(**valid | overrides)


def an_item(**overrides: Any) -> WorkItemOpened:
    """Fifteen minutes of work, due on DUE, with nothing at stake."""
    valid: dict[str, Any] = {
        "work_item_id": "wki_1",
        "kind": "verify_license",
        "assignment_id": "asg_1",
        "due_at": DUE,
        "weight": 15,
        "skill": "license_verification",
        "partition": "west",
        "actions": (Action(name="verify", method="POST", path="/v1/requirements/req_1:verify"),),
    }
    return WorkItemOpened(**valid | overrides)


def items(*numbers: int, **overrides: Any) -> Sequence[WorkItemOpened]:
    return [an_item(work_item_id=f"wki_{number}", **overrides) for number in numbers]


def a_completion(**overrides: Any) -> WorkItemCompleted:
    return WorkItemCompleted(
        **{"work_item_id": "wki_1", "assignment_id": "asg_1", "kind": "verify_license"} | overrides
    )


def a_withdrawal(**overrides: Any) -> WorkItemWithdrawn:
    valid = {"work_item_id": "wki_1", "assignment_id": "asg_1", "kind": "verify_license", "reason": "terms_changed"}
    return WorkItemWithdrawn(**valid | overrides)


def a_statement(**overrides: Any) -> PayIssued:
    valid: dict[str, Any] = {
        "pay_statement_id": "pst_1",
        "assignment_id": "asg_1",
        "clinician_id": "cln_1",
        "pay_date": date(2026, 1, 16),
        "gross_cents": 270_200,
        "net_cents": 235_844,
    }
    return PayIssued(**valid | overrides)


def a_correction(**overrides: Any) -> PayCorrected:
    valid: dict[str, Any] = {
        "pay_statement_id": "pst_1",
        "assignment_id": "asg_1",
        "clinician_id": "cln_1",
        "pay_date": date(2026, 1, 23),
        "difference_cents": 963,
        "reason": "timecard_corrected",
    }
    return PayCorrected(**valid | overrides)
