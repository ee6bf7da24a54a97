"""One example of every event. They ship as JSON beside the schemas; both sides test against them."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from shared.contracts.assignments import (
    Address,
    AgreementSigned,
    AssignmentChanged,
    AssignmentCleared,
    AssignmentConfirmed,
    AssignmentEnded,
    AssignmentReady,
    AssignmentReopened,
    AssignmentStarted,
    ClientChanged,
    ClinicianChanged,
    FacilityChanged,
    OfferAccepted,
    State,
    Why,
)
from shared.contracts.event import Event
from shared.contracts.example_access import ACCESS
from shared.contracts.example_story import (
    ASSIGNMENT,
    CLIENT,
    CLINICIAN,
    FACILITY,
    FIRST_TERMS,
    ITEM,
    PUSHED_TERMS,
)
from shared.contracts.example_work import DEPARTMENTS
from shared.contracts.terms import Discipline, Weekday
from shared.contracts.workstreams import (
    Action,
    Blocker,
    Status,
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)

_DIRECTORY: Final[tuple[Event, ...]] = (
    ClinicianChanged(
        clinician_id=CLINICIAN,
        source="northline_ats",
        source_reference="C-20418",
        name="Ines Calloway",
        email="ines.calloway@example.com",
        phone="+1-505-555-0142",
        home=Address(street="218 Juniper Lane", city="Santa Fe", state="NM", zip="87501"),
        discipline=Discipline.RN,
        specialties=("ICU", "TELE"),
        npi="1093817465",
    ),
    FacilityChanged(
        facility_id=FACILITY,
        client_id=CLIENT,
        source="northline_ats",
        source_reference="F-311",
        name="Redwater Valley Medical Center",
        address=Address(street="900 Mill Street", city="Bend", state="OR", zip="97701"),
        time_zone="America/Los_Angeles",
        units=("ICU 4 West", "Telemetry 3"),
        workweek_starts=Weekday.SUN,
        holiday_calendar="us_federal",
        orientation_days=1,
    ),
    ClientChanged(client_id=CLIENT, source="northline_ats", source_reference="K-87", name="Redwater Health Partners"),
)
_ASSIGNMENT: Final[tuple[Event, ...]] = (
    OfferAccepted(
        assignment_id=ASSIGNMENT,
        source="northline_ats",
        source_reference="OFR-77120",
        clinician_id=CLINICIAN,
        client_id=CLIENT,
        terms=FIRST_TERMS,
    ),
    AssignmentChanged(
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        terms=PUSHED_TERMS,
        changed=("start_date", "end_date"),
        effective_on=date(2026, 9, 14),
        why=Why.START_PUSHED,
        state=State.ONBOARDING,
    ),
    AgreementSigned(assignment_id=ASSIGNMENT, terms_version=1, document_sha256="9f" * 32),
    AssignmentConfirmed(assignment_id=ASSIGNMENT, terms_version=1),
    AssignmentCleared(assignment_id=ASSIGNMENT, terms_version=2, valid_through=date(2027, 1, 31)),
    AssignmentReopened(assignment_id=ASSIGNMENT, terms_version=2, reason="license_expired", state=State.ONBOARDING),
    AssignmentReady(assignment_id=ASSIGNMENT, terms_version=2, state=State.CLEARED),
    AssignmentStarted(assignment_id=ASSIGNMENT, terms_version=2, started_on=date(2026, 9, 21)),
    AssignmentEnded(assignment_id=ASSIGNMENT, terms_version=2, ended_on=date(2026, 12, 19), state=State.COMPLETED),
)
_WORK: Final[tuple[Event, ...]] = (
    WorkstreamChanged(
        assignment_id=ASSIGNMENT,
        terms_version=2,
        status=Status.BLOCKED,
        done=11,
        total=14,
        expected_ready_on=date(2026, 9, 16),
        blockers=(
            Blocker(
                code="license_not_verified",
                owner="credentialing_specialist",
                since=datetime(2026, 9, 8, 15, 4, tzinfo=UTC),
                due=date(2026, 9, 15),
                work_item_id=ITEM,
            ),
        ),
    ),
    WorkItemOpened(
        work_item_id=ITEM,
        kind="verify_license",
        assignment_id=ASSIGNMENT,
        due_at=datetime(2026, 9, 15, 23, 0, tzinfo=UTC),
        weight=15,
        skill="license_verification",
        partition="west",
        actions=(Action(name="verify", method="POST", path=f"/v1/requirements/{ASSIGNMENT}/rn_license:verify"),),
        money_at_stake_cents=331_200,
        playbook="verify-license",
    ),
    WorkItemCompleted(work_item_id=ITEM, assignment_id=ASSIGNMENT, kind="verify_license"),
    WorkItemWithdrawn(work_item_id=ITEM, assignment_id=ASSIGNMENT, kind="verify_license", reason="assignment_ended"),
)

EXAMPLES: Final[Mapping[type[Event], Event]] = {
    type(example): example for example in (*_DIRECTORY, *_ASSIGNMENT, *_WORK, *DEPARTMENTS, *ACCESS)
}
