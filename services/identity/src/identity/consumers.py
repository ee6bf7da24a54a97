"""Identity tells others and listens to nobody."""

from shared.messaging.handlers import Handlers

handlers = Handlers("identity")
