"""Files for tests that ask only what a test names: requirements, what is held, and the file of both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from credentialing.domain.file import File, recheck
from credentialing.domain.held import Held, HeldStatus
from credentialing.domain.item import Item
from credentialing.domain.requirement import Owner, Partition, Requirement, Scope, Waivable
from credentialing.domain.validity import MustCover, Validity
from services.credentialing.tests.builders import ASSIGNMENT, CLINICIAN, TODAY, some_terms
from shared.contracts.assignments import State
from shared.contracts.terms import Terms


def asked(code: str, **overrides: Any) -> Requirement:
    """A card of two years, for the whole assignment, one to ten days to get and one to check."""
    requirement = Requirement(
        code=code,
        name=f"What {code} names",
        scopes=(Scope.AGENCY,),
        validity=Validity(max_age_months=24),
        must_cover=MustCover.ASSIGNMENT_END,
        waivable=Waivable.FACILITY,
        owner=Owner.CLINICIAN,
        partition=Partition.PERSONNEL,
        obtain_days=1,
        obtain_days_at_most=10,
        verify_days=1,
    )
    return replace(requirement, **overrides)


def printed(code: str, **overrides: Any) -> Requirement:
    """The same, but with the last day that its issuer printed."""
    return asked(code, validity=Validity(printed_expiry=True), **overrides)


def held(code: str, *, expires_on: date | None = None, **overrides: Any) -> Held:
    """A verified credential of that code."""
    credential = Held(
        credential_id=f"crd_{code}",
        clinician_id=CLINICIAN,
        code=code,
        subject="",
        issued_on=TODAY - timedelta(days=60),
        received_on=TODAY - timedelta(days=50),
        status=HeldStatus.VERIFIED,
        expires_on=expires_on,
        verified_on=TODAY - timedelta(days=49),
        verified_by="per_specialist",
        source="issuer",
    )
    return replace(credential, **overrides)


def file_asking(
    *requirements: Requirement,
    holding: Sequence[Held] = (),
    terms: Terms | None = None,
    today: date = TODAY,
    **overrides: Any,
) -> File:
    """An open file of these requirements, measured against what is held."""
    terms = terms or some_terms()
    empty = File(
        file_id="fil_1",
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        client_id="cli_1",
        facility_id=terms.facility_id,
        work_state="CO",
        time_zone="America/Denver",
        terms=terms,
        assignment_state=State.ONBOARDING,
        items=tuple(Item(requirement=one, due_on=terms.start_date) for one in requirements),
    )
    return replace(recheck(empty, holding, today=today), **overrides)
