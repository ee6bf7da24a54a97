"""What the portal refuses about what it tells live.

Refused
├── NotAPlace           a page that nobody can be on
└── TooManyStreams      more browsers of one person than are served at once
"""

from shared.errors import Kind, Refused


class NotAPlace(Refused):
    """A place is the id of an assignment or of a work item."""

    code = "not_a_place"
    kind = Kind.INVALID


class TooManyStreams(Refused):
    """You have {most} pages open that are kept up to date; close one of them.

    Pages in one browser share a connection, where the browser lets them.
    """

    code = "too_many_streams"
    kind = Kind.TOO_MANY
