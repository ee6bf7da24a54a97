"""Refusals of the calendar of what runs out.

RangeNotShown   the days asked for end before they begin, or are too many
"""

from shared.errors import Kind, Refused


class RangeNotShown(Refused):
    """Ask for a first day and a later last day, at most {longest} days."""

    code = "range_not_shown"
    kind = Kind.INVALID
