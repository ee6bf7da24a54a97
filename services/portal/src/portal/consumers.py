"""Which event does what in the portal."""

from shared.contracts.identity import AccessWithdrawn, GrantRevoked
from shared.messaging.handlers import Handlers

handlers = Handlers("portal")
handlers.keep(AccessWithdrawn)
handlers.keep(GrantRevoked)
