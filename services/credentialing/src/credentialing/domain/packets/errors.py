"""Why a packet is not built, given out, sent or decided.

Refused
├── PacketNotBuilt          there is nothing to send or to read: it is being built, or could not be
├── PacketOutdated          what it encloses is another by now, so that a new one is to be built
├── PacketNotSent           the client cannot have decided on what was never sent
└── PacketContentGone       a document in it was deleted, and its copy with it
"""

from shared.errors import Refused


class PacketNotBuilt(Refused):
    """The packet is {state}: there is nothing in it to be read or sent."""

    code = "packet_not_built"


class PacketOutdated(Refused):
    """Since the packet was built, these changed: {items}. Build another one, and send that."""

    code = "packet_outdated"


class PacketNotSent(Refused):
    """The packet was not sent, so that the client cannot have decided on it. Note first how it was sent."""

    code = "packet_not_sent"


class PacketContentGone(Refused):
    """A document in the packet need no longer be kept and was deleted, and the packet's copy of it with it."""

    code = "packet_content_gone"
