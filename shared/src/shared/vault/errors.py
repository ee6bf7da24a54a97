"""What the vault refuses, and what keeps it from working.

Refused
├── PrivateValuesErased      the person's keys were destroyed
├── KindNotHeld              this service keeps no such kind of value
├── TooManyReveals           more values in an hour than anybody's work needs
└── HoldEnded                a legal hold that is over cannot be released
Unavailable
└── VaultUnavailable         no key file, or one that must not be trusted
SealBroken                   a sealed text that does not open where it stands: a defect, or somebody's hand
"""

from shared.errors import Kind, Refused, Unavailable


class PrivateValuesErased(Refused):
    """The private values of {subject} were erased; nothing is kept of this person any more.

    Their keys were destroyed and none is made again under this id. Somebody who comes back gets a new record.
    """

    code = "private_values_erased"


class KindNotHeld(Refused):
    """This service keeps no such kind of private value; it keeps {held}."""

    code = "kind_not_held"
    kind = Kind.NOT_FOUND


class TooManyReveals(Refused):
    """You have revealed {limit} private values within an hour, the most that is allowed.

    Go on when the hour is over, or have a colleague continue. The masked list has no such limit.
    """

    code = "too_many_reveals"
    kind = Kind.TOO_MANY


class HoldEnded(Refused):
    """This legal hold has ended already."""

    code = "hold_ended"


class VaultUnavailable(Unavailable):
    """Private values can neither be sealed nor opened until an operator has mended the key file."""


class SealBroken(Exception):
    """A sealed text was changed, or stands where it was not sealed for. Nothing of it is shown."""
