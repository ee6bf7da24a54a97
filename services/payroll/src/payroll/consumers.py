"""Which event does what in payroll."""

from payroll.app.adapt_profile import adapt_profile
from payroll.app.close_profile import close_profile
from payroll.app.follow_assignment import follow_assignment
from payroll.app.follow_facility import follow_facility
from payroll.app.forget_person import forget_person
from payroll.app.load import load
from payroll.app.open_profile import open_profile
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
from shared.contracts.identity import AccessWithdrawn, GrantRevoked, PersonErased
from shared.messaging.handlers import Handlers

handlers = Handlers("payroll", load=load)
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
handlers.on(PersonErased)(forget_person)
handlers.keep(ClinicianChanged)
handlers.keep(FacilityChanged)
handlers.keep(ClientChanged)
handlers.on(FacilityChanged)(follow_facility)
handlers.on(OfferAccepted)(open_profile)
handlers.on(AssignmentChanged)(adapt_profile)
handlers.on(AssignmentConfirmed)(follow_assignment)
handlers.on(AssignmentCleared)(follow_assignment)
handlers.on(AssignmentReopened)(follow_assignment)
handlers.on(AssignmentReady)(follow_assignment)
handlers.on(AssignmentStarted)(follow_assignment)
handlers.on(AssignmentEnded)(close_profile)
