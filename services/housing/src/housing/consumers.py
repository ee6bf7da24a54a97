"""Which event does what in housing."""

from housing.app.adapt_case import adapt_case
from housing.app.close_case import close_case
from housing.app.follow_agreement import follow_agreement
from housing.app.follow_assignment import follow_assignment
from housing.app.follow_facility import follow_facility
from housing.app.load import load
from housing.app.open_case import open_case
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
from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.messaging.handlers import Handlers

handlers = Handlers("housing", load=load)
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
handlers.keep(ClinicianChanged)
handlers.keep(FacilityChanged)
handlers.keep(ClientChanged)
handlers.on(FacilityChanged)(follow_facility)
handlers.on(OfferAccepted)(open_case)
handlers.on(AssignmentChanged)(adapt_case)
handlers.on(AgreementSigned)(follow_agreement)
handlers.on(AssignmentConfirmed)(follow_assignment)
handlers.on(AssignmentCleared)(follow_assignment)
handlers.on(AssignmentReopened)(follow_assignment)
handlers.on(AssignmentReady)(follow_assignment)
handlers.on(AssignmentStarted)(follow_assignment)
handlers.on(AssignmentEnded)(close_case)
