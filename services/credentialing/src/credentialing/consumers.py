"""Which event does what in credentialing."""

from credentialing.app.adapt_file import adapt_file
from credentialing.app.close_file import close_file
from credentialing.app.follow_assignment import follow_assignment
from credentialing.app.follow_clinician import follow_clinician
from credentialing.app.forget_person import forget_person
from credentialing.app.load import load
from credentialing.app.open_file import open_file
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

handlers = Handlers("credentialing", load=load)
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
handlers.on(PersonErased)(forget_person)
handlers.keep(ClinicianChanged)
handlers.on(ClinicianChanged)(follow_clinician)
handlers.keep(FacilityChanged)
handlers.keep(ClientChanged)
handlers.on(OfferAccepted)(open_file)
handlers.on(AssignmentChanged)(adapt_file)
handlers.on(AssignmentConfirmed)(follow_assignment)
handlers.on(AssignmentCleared)(follow_assignment)
handlers.on(AssignmentReopened)(follow_assignment)
handlers.on(AssignmentReady)(follow_assignment)
handlers.on(AssignmentStarted)(follow_assignment)
handlers.on(AssignmentEnded)(close_file)
