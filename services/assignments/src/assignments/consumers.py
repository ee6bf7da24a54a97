"""Which event does what in assignments."""

from assignments.app.fold_answer import fold_answer
from assignments.app.follow_work import follow_work
from assignments.app.load import load
from assignments.app.lose_clearance import lose_clearance
from assignments.app.take_clearance import take_clearance
from shared.contracts.credentialing import ClearanceGranted, ClearanceRevoked
from shared.contracts.identity import AccessWithdrawn, GrantRevoked, PersonErased
from shared.contracts.timekeeping import ShiftWorked
from shared.contracts.workstreams import WorkstreamChanged
from shared.messaging.handlers import Handlers

handlers = Handlers("assignments", load=load)
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
handlers.keep(PersonErased)
handlers.on(WorkstreamChanged)(fold_answer)
handlers.on(ClearanceGranted)(take_clearance)
handlers.on(ClearanceRevoked)(lose_clearance)
handlers.on(ShiftWorked)(follow_work)
