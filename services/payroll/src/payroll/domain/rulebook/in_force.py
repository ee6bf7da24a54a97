"""The one way to read a dated table."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class DatedRow(Protocol):
    """A row that holds from a day until a later row replaces it."""

    @property
    def effective_from(self) -> date:
        """The first day on which the row holds."""
        ...


Row = TypeVar("Row", bound=DatedRow)


def in_force(rows: Iterable[Row], on: date) -> Row | None:
    """The row that holds on that day: the latest that has begun, or none."""
    begun = (row for row in rows if row.effective_from <= on)
    return max(begun, key=lambda row: row.effective_from, default=None)
