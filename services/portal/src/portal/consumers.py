"""Which event does what in the portal: everything that happens in the house is told here."""

from portal.app.follow_agreement import follow_agreement
from portal.app.follow_change import follow_change
from portal.app.follow_end import follow_end
from portal.app.follow_facility import follow_facility
from portal.app.follow_item import follow_item
from portal.app.follow_item_end import follow_item_end
from portal.app.follow_offer import follow_offer
from portal.app.follow_pay import follow_pay
from portal.app.follow_pay_correction import follow_pay_correction
from portal.app.follow_progress import follow_progress
from portal.app.follow_workstream import follow_workstream
from portal.app.forget_person import forget_person
from portal.app.load import load
from portal.app.note_event import note_event
from shared.contracts.assignments import (
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
)
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.housing import HousingCostChanged
from shared.contracts.identity import (
    AccessWithdrawn,
    GrantGiven,
    GrantRevoked,
    PersonChanged,
    PersonErased,
    SettingsChanged,
)
from shared.contracts.payroll import InvoiceIssued, InvoiceShortPaid, MarginChanged, PayCorrected, PayIssued
from shared.contracts.timekeeping import (
    ShiftMissed,
    ShiftWorked,
    TimecardApproved,
    TimecardClosed,
    TimecardCorrected,
)
from shared.contracts.workstreams import (
    WorkItemCompleted,
    WorkItemOpened,
    WorkItemWithdrawn,
    WorkstreamChanged,
)
from shared.messaging.handlers import Handlers

handlers = Handlers("portal", load=load)

for state in (
    AccessWithdrawn,
    ClientChanged,
    ClinicianChanged,
    FacilityChanged,
    GrantGiven,
    GrantRevoked,
    PersonChanged,
    SettingsChanged,
):
    handlers.keep(state)
handlers.on(FacilityChanged)(follow_facility)
handlers.on(PersonErased)(forget_person)

handlers.watch(
    note_event,
    ClearanceGranted,
    ClearanceRevoked,
    ShiftWorked,
    ShiftMissed,
    TimecardClosed,
    TimecardApproved,
    TimecardCorrected,
    HousingCostChanged,
    MarginChanged,
    InvoiceIssued,
    InvoiceShortPaid,
)
handlers.on(OfferAccepted)(follow_offer)
handlers.on(AssignmentChanged)(follow_change)
handlers.on(AgreementSigned)(follow_agreement)
handlers.on(AssignmentConfirmed)(follow_progress)
handlers.on(AssignmentCleared)(follow_progress)
handlers.on(AssignmentReopened)(follow_progress)
handlers.on(AssignmentReady)(follow_progress)
handlers.on(AssignmentStarted)(follow_progress)
handlers.on(AssignmentEnded)(follow_end)
handlers.on(WorkstreamChanged)(follow_workstream)
handlers.on(WorkItemOpened)(follow_item)
handlers.on(WorkItemCompleted)(follow_item_end)
handlers.on(WorkItemWithdrawn)(follow_item_end)
handlers.on(PayIssued)(follow_pay)
handlers.on(PayCorrected)(follow_pay_correction)
