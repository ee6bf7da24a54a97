"""Which event does what in timekeeping."""

from shared.contracts.assignments import (
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
from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.messaging.handlers import Handlers
from timekeeping.app.adapt_plan import adapt_plan
from timekeeping.app.close_plan import close_plan
from timekeeping.app.follow_assignment import follow_assignment
from timekeeping.app.follow_clearance import follow_clearance
from timekeeping.app.follow_facility import follow_facility
from timekeeping.app.load import load
from timekeeping.app.open_plan import open_plan

handlers = Handlers("timekeeping", load=load)
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
handlers.keep(ClinicianChanged)
handlers.keep(FacilityChanged)
handlers.keep(ClientChanged)
handlers.on(FacilityChanged)(follow_facility)
handlers.on(OfferAccepted)(open_plan)
handlers.on(AssignmentChanged)(adapt_plan)
handlers.on(AssignmentConfirmed)(follow_assignment)
handlers.on(AssignmentCleared)(follow_assignment)
handlers.on(AssignmentReopened)(follow_assignment)
handlers.on(AssignmentReady)(follow_assignment)
handlers.on(AssignmentStarted)(follow_assignment)
handlers.on(AssignmentEnded)(close_plan)
handlers.on(ClearanceGranted)(follow_clearance)
handlers.on(ClearanceRevoked)(follow_clearance)
