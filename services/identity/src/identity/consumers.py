"""Identity tells others and listens to nobody; what it takes back it refuses itself at once."""

from shared.messaging.handlers import Handlers

handlers = Handlers("identity")
