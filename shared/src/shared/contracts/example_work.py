"""Examples of what is decided: clearance, hours, housing costs, pay and invoices, and who does a work item."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.event import Event
from shared.contracts.example_story import (
    ASSIGNMENT,
    CASE,
    CLIENT,
    CLINICIAN,
    INVOICE,
    ITEM,
    MARGIN,
    NEXT_SHIFT,
    SHIFT,
    STATEMENT,
    TIMECARD,
)
from shared.contracts.housing import Bearer, HousingCostChanged, TaxTreatment, WeeklyCost
from shared.contracts.payroll import InvoiceIssued, InvoiceShortPaid, MarginChanged, PayCorrected, PayIssued
from shared.contracts.portal import WorkItemAssigned
from shared.contracts.timekeeping import (
    ShiftMissed,
    ShiftWorked,
    TimecardApproved,
    TimecardClosed,
    TimecardCorrected,
    TimecardLine,
)


def _line(*, shift_id: str, work_date: date, minutes: int, approved: bool) -> TimecardLine:
    return TimecardLine(
        shift_id=shift_id,
        work_date=work_date,
        code="REG",
        minutes=minutes,
        work_state="OR",
        terms_version=2,
        approved=approved,
    )


_MONDAY: Final = _line(shift_id=SHIFT, work_date=date(2026, 9, 21), minutes=720, approved=True)
_TUESDAY: Final = _line(shift_id=NEXT_SHIFT, work_date=date(2026, 9, 22), minutes=735, approved=False)
_TUESDAY_APPROVED: Final = _line(shift_id=NEXT_SHIFT, work_date=date(2026, 9, 22), minutes=735, approved=True)
_TUESDAY_CORRECTED: Final = _line(shift_id=NEXT_SHIFT, work_date=date(2026, 9, 22), minutes=720, approved=True)

DEPARTMENTS: Final[tuple[Event, ...]] = (
    ClearanceGranted(assignment_id=ASSIGNMENT, terms_version=2, valid_through=date(2027, 1, 31)),
    ClearanceRevoked(assignment_id=ASSIGNMENT, terms_version=2, reason="license_expired"),
    ShiftWorked(
        shift_id=SHIFT,
        assignment_id=ASSIGNMENT,
        terms_version=2,
        work_date=date(2026, 9, 21),
        started_at=datetime(2026, 9, 22, 2, 0, tzinfo=UTC),
        ended_at=datetime(2026, 9, 22, 14, 30, tzinfo=UTC),
        worked_minutes=720,
    ),
    ShiftMissed(
        shift_id=NEXT_SHIFT,
        assignment_id=ASSIGNMENT,
        terms_version=2,
        work_date=date(2026, 9, 22),
        reason="facility_cancelled",
    ),
    TimecardClosed(
        timecard_id=TIMECARD,
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        week_start=date(2026, 9, 20),
        lines=(_MONDAY, _TUESDAY),
    ),
    TimecardApproved(
        timecard_id=TIMECARD,
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        week_start=date(2026, 9, 20),
        lines=(_MONDAY, _TUESDAY_APPROVED),
    ),
    TimecardCorrected(
        timecard_id=TIMECARD,
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        week_start=date(2026, 9, 20),
        lines=(_MONDAY, _TUESDAY_CORRECTED),
        reason="clock_out_entered_late",
    ),
    HousingCostChanged(
        case_id=CASE,
        assignment_id=ASSIGNMENT,
        terms_version=2,
        costs=(
            WeeklyCost(
                bearer=Bearer.AGENCY,
                per_week=Decimal("840.00"),
                from_date=date(2026, 9, 21),
                through_date=date(2026, 12, 19),
                tax_treatment=TaxTreatment.NOT_WAGES,
            ),
        ),
    ),
    PayIssued(
        pay_statement_id=STATEMENT,
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        pay_date=date(2026, 10, 2),
        gross_cents=270_200,
        net_cents=235_844,
    ),
    PayCorrected(
        pay_statement_id=STATEMENT,
        assignment_id=ASSIGNMENT,
        clinician_id=CLINICIAN,
        pay_date=date(2026, 10, 9),
        difference_cents=-963,
        reason="timecard_corrected",
    ),
    MarginChanged(
        margin_id=MARGIN,
        assignment_id=ASSIGNMENT,
        week_start=date(2026, 9, 20),
        billed_cents=331_200,
        margin_cents=47_390,
    ),
    InvoiceIssued(invoice_id=INVOICE, client_id=CLIENT, issued_on=date(2026, 9, 30), total_cents=331_200),
    InvoiceShortPaid(invoice_id=INVOICE, client_id=CLIENT, short_cents=2_300),
    WorkItemAssigned(
        work_item_id=ITEM,
        kind="verify_license",
        by="per_01m8b2c5d7e9f1g3h5j7k9m1nq",
        note_given=True,
        assignment_id=ASSIGNMENT,
        owner_id="per_01m8b2c4d6e8f0g2h4j6k8m0np",
        snoozed_until=datetime(2026, 9, 9, 14, tzinfo=UTC),
    ),
)
